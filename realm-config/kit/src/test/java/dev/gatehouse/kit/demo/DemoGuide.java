// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.demo;

import java.io.PrintStream;

/** What the demo prints when it is ready. */
final class DemoGuide {

    private DemoGuide() {}

    static void print(DemoWorld world, PrintStream out) {
        out.println("""

                The demo is ready.

                  App            %s/
                  Inbox          %s/
                  Admin console  %s/admin/
                  Function       %s/me

                  Sign in as     %s   (password, if you want one: %s)
                  Administrator  %s   (password: %s)

                Open the app, sign in by mail, read the mail in the inbox, call the function.
                All of it listens on 127.0.0.1 only and is gone after Ctrl-C.
                """.formatted(
                        world.app().url(),
                        world.inbox().url(),
                        world.keycloak().url(),
                        world.function().url(),
                        world.person().address(),
                        world.person().password(),
                        world.keycloak().adminUser(),
                        world.keycloak().adminPassword()));
        out.flush();
    }
}
