// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.net.URI;
import java.util.Map;

import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import dev.gatehouse.kit.mail.Mail;

import static org.assertj.core.api.Assertions.assertThat;

/** One sign-in by link in one tab of one browser, step by step as a person takes them. */
final class LinkSignIn {

    static final String CONFIRM = "Yes, sign me in";
    static final String OPENED = "I have opened the link";
    static final String RESEND = "Send a new link";

    private final Gatehouse gatehouse;
    private final App app;
    private final Browser browser;
    private final Page waiting;
    private final String address;

    private LinkSignIn(Gatehouse gatehouse, App app, Browser browser, Page waiting, String address) {
        this.gatehouse = gatehouse;
        this.app = app;
        this.browser = browser;
        this.waiting = waiting;
        this.address = address;
    }

    /** Somebody asks for a link to {@code address} in {@code browser}. */
    static LinkSignIn asked(Gatehouse gatehouse, Browser browser, String address) {
        App app = gatehouse.app();
        return at(gatehouse, app, browser, ask(app.signIn(browser), address), address);
    }

    /** {@code page} is where somebody waits for a mail to {@code address}. */
    static LinkSignIn at(Gatehouse gatehouse, App app, Browser browser, Page page, String address) {
        assertThat(page.heading()).as(page.describe()).isEqualTo("Check your mail");
        return new LinkSignIn(gatehouse, app, browser, page, address);
    }

    static Page ask(Page login, String address) {
        return login.form().fill("Email", address).press("Email me a sign-in link");
    }

    App app() {
        return app;
    }

    Browser browser() {
        return browser;
    }

    /** The page that waits for the mail. */
    Page waiting() {
        return waiting;
    }

    /** The next mail. */
    Mail mail() {
        return gatehouse.mail().inbox(address).next();
    }

    /** The link in the next mail. */
    URI link() {
        return mail().link();
    }

    /** Types a code into the waiting page. */
    Page type(String code) {
        return type(waiting, code);
    }

    /** Types a code into a page that waits. */
    static Page type(Page page, String code) {
        return page.form().forge("code", code).enter();
    }

    /** A code of as many digits that is not this one; another one for each number below nine. */
    static String wrong(String code, int number) {
        int digit = Character.digit(code.charAt(0), 10);
        return (digit + 1 + number) % 10 + code.substring(1);
    }

    /** Opens the link in the same browser and confirms. */
    Page confirm(URI link) {
        return browser.open(link).press(CONFIRM);
    }

    /** Posts what the link's page would post, whether or not that page offers it. */
    Page confirmRaw(URI link) {
        return browser.post(withoutToken(link), redemption(link));
    }

    /** Presses the button of the waiting page. */
    Page goOn() {
        return waiting.press(OPENED);
    }

    /** What the waiting page's script would be told. */
    String status() {
        return statusFor(browser).html();
    }

    /** What another browser would be told at the same address. */
    Page statusFor(Browser any) {
        return any.requests().get(statusUrl());
    }

    URI statusUrl() {
        return URI.create(waiting.document().select("[data-status-url]").attr("data-status-url"));
    }

    /** Where the waiting page's script goes once it may. */
    URI continueUrl() {
        return URI.create(waiting.document().select("[data-continue-url]").attr("data-continue-url"));
    }

    /** What the form behind a link posts, for those who post it from elsewhere. */
    static Map<String, String> redemption(URI link) {
        return Map.of("token", token(link));
    }

    static URI withoutToken(URI link) {
        return URI.create(link.toString().replaceAll("\\?.*", ""));
    }

    static String token(URI link) {
        return link.getQuery().replaceFirst("^t=", "");
    }
}
