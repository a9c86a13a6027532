// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.server;

import java.net.URI;
import java.nio.file.Path;

/** A Keycloak that answers. Closing it stops it and waits until it is gone. */
public interface RunningServer extends AutoCloseable {

    /** Its address, without a slash at the end. */
    URI url();

    /** The address in its pages, cookies and tokens: its own, unless it is one of several that share one. */
    URI frontend();

    /** Its management interface, with {@code /health} and {@code /metrics}; no slash at the end. */
    URI management();

    /** Where a request for {@code uri} has to go so that this server gets it; what is not ours stays as it is. */
    default URI route(URI uri) {
        if (!frontend().getRawAuthority().equals(uri.getRawAuthority())) {
            return uri;
        }
        return URI.create(url() + uri.toString().substring(frontend().toString().length()));
    }

    /** The administrator of the realm {@code master}. */
    String adminUser();

    /** That administrator's password, random for every start. */
    String adminPassword();

    /** The file that holds everything the server wrote. */
    Path log();

    /** Whether the server still runs. */
    boolean alive();

    @Override
    void close();
}
