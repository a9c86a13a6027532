// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.util.List;

import dev.gatehouse.kit.browser.Page;

import static org.assertj.core.api.Assertions.assertThat;

/** Whether an answer tells one account from another. */
final class Alike {

    private Alike() {}

    /** {@code page}, about somebody at {@code name}, is what {@code other} is about somebody at {@code otherName}. */
    static void assertAlike(Page page, String name, Page other, String otherName) {
        assertThat(page.status()).isEqualTo(other.status());
        assertThat(headers(page)).isEqualTo(headers(other));
        assertThat(shape(page, name)).isEqualTo(shape(other, otherName));
    }

    /** The names of the headers. */
    static List<String> headers(Page page) {
        return page.headers().map().keySet().stream().sorted().toList();
    }

    /** The page without what differs between any two sign-ins. */
    static String shape(Page page, String name) {
        return page.html()
                .replace(name, "NAME")
                .replaceAll("(session_code|tab_id|client_data|execution)=[^&\"\\\\]+", "$1")
                .replaceAll("checkAuthSession\\(\\s*\"[^\"]*\"", "checkAuthSession(")
                .replaceAll("challenge : \"[^\"]+\"", "challenge")
                .replaceAll("data-resend-in=\"\\d+\"", "data-resend-in")
                .replaceAll("data-tens=\"\\d+\" data-units=\"\\d+\"", "data-tens data-units")
                .replaceAll("\\d+ seconds|one second", "N seconds");
    }
}
