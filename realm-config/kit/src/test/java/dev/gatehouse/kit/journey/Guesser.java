// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.util.Map;

import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;

/** Somebody at one network address who types passwords. */
public final class Guesser {

    static final String WRONG = "not the password at all";

    private final Gatehouse gatehouse;
    private final String address;

    Guesser(Gatehouse gatehouse, String address) {
        this.gatehouse = gatehouse;
        this.address = address;
    }

    /** A browser at this address that was never used. */
    Browser browser() {
        return Browser.fresh().from(address);
    }

    /** The page that asks for name and password, in a sign-in of its own. */
    Page form() {
        return form(gatehouse.app(), browser());
    }

    public static Page form(App app, Browser browser) {
        return form(app, browser, Map.of());
    }

    /** As {@link #form(App, Browser)}, with further parameters of the authorization request. */
    static Page form(App app, Browser browser, Map<String, String> parameters) {
        return app.signIn(browser, parameters).press("Username and password");
    }

    /** One try in a browser and a sign-in of its own. */
    Page guess(String name, String password) {
        return type(form(), name, password);
    }

    /** One try at a page that asks for name and password. */
    public static Page type(Page form, String name, String password) {
        return form.form().forge("username", name).forge("password", password).enter();
    }
}
