// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import org.jspecify.annotations.Nullable;
import org.keycloak.models.UserModel;

/**
 * One message to one person.
 *
 * @param kind what it says
 * @param order who asked for what
 * @param user the account; null where there is none yet
 * @param address where it goes
 */
record Letter(Kind kind, LinkOrder order, @Nullable UserModel user, String address) {

    /** What a message says. */
    enum Kind {
        /** Here is your link, and your code. */
        SIGN_IN,
        /** The same, to somebody who has no account and gets one. */
        CREATE,
        /** There is no link, because the address was never confirmed for the account. */
        UNVERIFIED
    }

    @Override
    public String toString() {
        // The generated text would hold the address.
        return "Letter[" + kind + "]";
    }
}
