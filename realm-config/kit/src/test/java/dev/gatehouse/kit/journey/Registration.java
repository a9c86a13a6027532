// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.util.UUID;

import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import org.keycloak.representations.idm.UserRepresentation;

/** Somebody who registers with any address, and what came of it. */
final class Registration {

    private static final String PASSWORD = "the first one who came";

    private final Gatehouse gatehouse;
    private final App app;
    private final Browser browser;
    private final Person person;
    private final Page next;

    private Registration(Gatehouse gatehouse, App app, Browser browser, Person person, Page next) {
        this.gatehouse = gatehouse;
        this.app = app;
        this.browser = browser;
        this.person = person;
        this.next = next;
    }

    /** Registers an address that nobody has, in a realm that lets people register. */
    static Registration of(Gatehouse gatehouse) {
        String name = "r" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        App app = gatehouse.app();
        Browser browser = Browser.fresh();
        Page form = app.signIn(browser)
                .press("Username and password")
                .link("Register")
                .click();
        Page next = fill(form, name, name + "@people.example");
        UserRepresentation account =
                gatehouse.realm().users().searchByUsername(name, true).get(0);
        return new Registration(
                gatehouse, app, browser, new Person(account.getId(), name, account.getEmail(), PASSWORD), next);
    }

    /** Fills the form in and sends it. */
    static Page fill(Page form, String name, String address) {
        return form.form()
                .forge("username", name)
                .forge("email", address)
                .forge("firstName", "Robin")
                .forge("lastName", "Person")
                .forge("password", PASSWORD)
                .forge("password-confirm", PASSWORD)
                .enter();
    }

    App app() {
        return app;
    }

    Browser browser() {
        return browser;
    }

    /** The account, with the password that it was registered with. */
    Person person() {
        return person;
    }

    /** What came after the form. */
    Page next() {
        return next;
    }

    /** What a sign-in with the password leads to now, in another browser. */
    Page signsInByPassword() {
        return gatehouse
                .app()
                .signIn(Browser.fresh())
                .press("Username and password")
                .form()
                .forge("username", person.username())
                .forge("password", person.password())
                .enter();
    }
}
