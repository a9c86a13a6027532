// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.server;

import java.net.URI;
import java.nio.file.Path;

/** A Keycloak that answers. Closing it stops it and waits until it is gone. */
public interface RunningServer extends AutoCloseable {

    /** Its address, without a slash at the end. */
    URI url();

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
