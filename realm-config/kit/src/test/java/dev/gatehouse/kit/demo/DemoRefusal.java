// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.demo;

/** What the demo was told cannot be done; the message is one sentence that says what to change. */
final class DemoRefusal extends Exception {

    private static final long serialVersionUID = 1L;

    DemoRefusal(String message) {
        super(message);
    }
}
