// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.server;

import java.util.List;
import java.util.Map;

/**
 * How a server is to be started.
 *
 * @param port its port on 127.0.0.1; 0 for any free one
 * @param environment variables added to the process's own
 * @param importRealm whether the shipped realm is imported
 * @param options further options of {@code kc.sh start}
 */
public record ServerSettings(int port, Map<String, String> environment, boolean importRealm, List<String> options) {

    /**
     * A proxy on this machine may say where a request comes from: a journey's people live at addresses of their own, and
     * do not spend each other's budgets.
     */
    public static final List<String> BEHIND_A_PROXY =
            List.of("--proxy-headers=xforwarded", "--proxy-trusted-addresses=127.0.0.1");

    public ServerSettings {
        environment = Map.copyOf(environment);
        options = List.copyOf(options);
    }
}
