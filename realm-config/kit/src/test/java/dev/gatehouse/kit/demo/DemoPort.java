// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/**
 * A port and the property that changes it.
 *
 * @param number 0 for any free one
 */
record DemoPort(String property, int number) {

    private static final int HIGHEST = 65_535;

    static DemoPort read(String property, String value) throws DemoRefusal {
        // Five digits are enough for every port, and few enough for an int.
        if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) > HIGHEST) {
            throw new DemoRefusal(property + " must be a port from 1 to " + HIGHEST
                    + ", or 0 for any free one, but is \"" + printable(value) + "\".");
        }
        return new DemoPort(property, Integer.parseInt(value));
    }

    /** The same with a number that was free a moment ago. */
    DemoPort free() throws DemoRefusal {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(address());
            return new DemoPort(property, socket.getLocalPort());
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    /** What to say when it cannot be listened at. */
    DemoRefusal refusal(IOException e) {
        return new DemoRefusal("Port " + number + " on 127.0.0.1 cannot be used (" + e.getMessage()
                + "); choose another one with -D" + property + "=PORT.");
    }

    /** On 127.0.0.1, whatever the machine calls its loop-back. */
    InetSocketAddress address() throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), number);
    }

    static String printable(String value) {
        String plain = value.replaceAll("\\p{Cntrl}", "?");
        return plain.length() > 40 ? plain.substring(0, 40) + "..." : plain;
    }
}
