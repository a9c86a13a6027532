// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.net.URI;
import java.util.Map;

import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;

import static org.assertj.core.api.Assertions.assertThat;

/** The two ways to a sign-in with a password and a one-time password: the pages, and the password grant. */
final class SecondFactor {

    /** The status of the answer to a grant that is refused. */
    static final int REFUSED = 400;

    private final Gatehouse gatehouse;
    private final Machine machine;

    SecondFactor(Gatehouse gatehouse, Machine machine) {
        this.gatehouse = gatehouse;
        this.machine = machine;
    }

    /** The page that asks for the code, after the password, in a browser that was never used. */
    Page page(Person person) {
        return page(gatehouse.app(), person);
    }

    /** As {@link #page(Person)}, on the way to this app. */
    Page page(App app, Person person) {
        Page page = Guesser.type(
                Guesser.form(app, Browser.fresh().through(gatehouse.server()::route)),
                person.username(),
                person.password());
        assertThat(page.isAtStop()).as("before the second factor").isFalse();
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.document().select("input[name=otp]"))
                .as(page.describe())
                .isNotEmpty();
        return page;
    }

    static Page type(Page page, String code) {
        return page.form().forge("otp", code).enter();
    }

    /** The answer to a program that has the password and this code. */
    Page grant(Person person, String code) {
        return machine.at(Network.next()).password(person.username(), person.password(), code);
    }

    /** The same of a realm's own client for command lines, where no client of ours is. */
    static Page grant(URI realm, Person person, String code) {
        return Browser.fresh()
                .requests()
                .post(
                        URI.create(realm + "/protocol/openid-connect/token"),
                        Map.of(
                                "grant_type",
                                "password",
                                "client_id",
                                "admin-cli",
                                "username",
                                person.username(),
                                "password",
                                person.password(),
                                "totp",
                                code));
    }

    void assertOpens(Person person, String code) {
        Page answer = grant(person, code);
        assertThat(answer.status()).as(answer.html()).isEqualTo(200);
    }

    /** Refused on both ways, and asked for on both. */
    void assertShut(Person person, String code) {
        Page without = machine.at(Network.next()).password(person.username(), person.password());
        assertThat(without.status()).as("without a code: %s", without.html()).isEqualTo(REFUSED);
        Page answer = grant(person, code);
        assertThat(answer.status()).as(answer.html()).isEqualTo(REFUSED);

        Page typed = type(page(person), code);

        Outcome.assertNotDone(typed);
        assertThat(typed.status()).isLessThan(500);
        assertThat(typed.document().select("input[name=otp]"))
                .as(typed.describe())
                .isNotEmpty();
    }
}
