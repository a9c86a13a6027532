// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.demo;

import java.io.PrintStream;
import java.net.URI;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTParser;
import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Link;
import dev.gatehouse.kit.browser.Page;
import org.jspecify.annotations.Nullable;

/** Walks the demo as a person does: through the app, the pages of Keycloak, the inbox and the function alone. */
final class DemoCheck {

    private static final String SIGN_IN_LINK = "/gatehouse-magic-link/";
    private static final String SEND = "Email me a sign-in link";
    private static final String WAITING = "Check your mail";
    private static final String CONFIRM = "Yes, sign me in";
    private static final String CONTINUE = "I have opened the link";
    private static final int POLLS = 120;
    private static final int POLL_MILLIS = 250;

    private final DemoWorld world;
    private final PrintStream out;
    private final Browser browser;
    private final AppSignIn signIn;
    private int passed;
    private @Nullable Page last;

    DemoCheck(DemoWorld world, PrintStream out) {
        this.world = world;
        this.out = out;
        this.browser = Browser.fresh().stoppingAt(world.app().callback());
        this.signIn = AppSignIn.begin(world.issuer(), world.app().callback());
    }

    /** Gives the number of failures, which is at most one: what comes after depends on it. */
    int walk() throws InterruptedException {
        int failed = 0;
        try {
            walkThrough();
        } catch (RuntimeException | AssertionError | ParseException e) {
            // Whatever a step stumbled over, a person gets a sentence, and where to look.
            failed = 1;
            out.println("FAILED " + e.getMessage());
            if (last != null) {
                out.println("       The last page was " + last.describe() + ".");
            }
            out.println("       The server's log is " + world.keycloak().log() + ".");
        }
        out.println("demo check: " + passed + " passed, " + failed + " failed");
        out.flush();
        return failed;
    }

    private void walkThrough() throws InterruptedException, ParseException {
        appIsServed();
        Page waiting = askForALink();
        URI link = readTheMail();
        confirm(link);
        Map<String, Object> tokens = exchange(finish(waiting));
        callTheFunction(text(tokens, "access_token"));
        signOut(text(tokens, "id_token"));
    }

    private void appIsServed() throws ParseException {
        Page page = see(browser.open(world.app().url()));
        require(page.status() == 200 && !page.heading().isEmpty(), "The app's page is not served");
        Map<String, Object> config =
                json(see(browser.requests().get(world.app().url().resolve("/config.json"))));
        require(world.issuer().toString().equals(config.get("issuer")), "The app does not know where to sign in");
        ok("the app is served at " + world.app().url());
    }

    private Page askForALink() {
        Page login = see(browser.open(signIn.start()));
        require(login.buttons().contains(SEND), "The login page has no button \"" + SEND + "\"");
        ok("the app leads to the login page");
        Page waiting =
                see(login.formWith(SEND).fill("Email", world.person().address()).press(SEND));
        require(waiting.heading().equals(WAITING), "The login page does not go on to \"" + WAITING + "\"");
        ok("a sign-in link is asked for");
        return waiting;
    }

    private URI readTheMail() throws InterruptedException {
        Browser reader = Browser.fresh();
        for (int i = 0; i < POLLS; i++) {
            Page list = see(reader.open(world.inbox().url()));
            Optional<Link> mail = list.links().stream()
                    .filter(candidate -> candidate.target().getPath().startsWith("/mail/"))
                    .findFirst();
            if (mail.isPresent()) {
                ok("the mail is in the inbox: \"" + mail.get().text() + "\"");
                Page open = see(mail.get().click());
                List<URI> links = open.links().stream()
                        .map(Link::target)
                        .filter(target -> target.getPath().contains(SIGN_IN_LINK))
                        .distinct()
                        .toList();
                require(links.size() == 1, "The mail has " + links.size() + " sign-in links");
                ok("the mail has a sign-in link");
                return links.get(0);
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        throw new IllegalStateException("No mail has arrived within half a minute");
    }

    private void confirm(URI link) {
        Page open = see(browser.open(link));
        require(open.buttons().contains(CONFIRM), "The link's page has no button \"" + CONFIRM + "\"");
        Page confirmed = see(open.press(CONFIRM));
        require(confirmed.status() == 200, "The link is not taken");
        ok("the link is opened and confirmed");
    }

    private String finish(Page waiting) {
        Page callback = see(waiting.press(CONTINUE));
        require(callback.isAtStop(), "The waiting tab does not go on to the app");
        Map<String, String> query = callback.query();
        require(signIn.state().equals(query.get("state")), "The app gets another state than it sent");
        String code = query.getOrDefault("code", "");
        require(!code.isEmpty(), "The app gets no code but " + query.keySet());
        ok("the waiting tab goes on to the app, with a code");
        return code;
    }

    private Map<String, Object> exchange(String code) throws ParseException {
        Page answer = see(browser.requests()
                .with("Origin", world.app().url().toString())
                .post(signIn.tokenEndpoint(), signIn.exchange(code)));
        require(answer.status() == 200, "The code is not exchanged: " + answer.html());
        require(
                answer.header("Access-Control-Allow-Origin")
                        .equals(world.app().url().toString()),
                "The app's script may not read the tokens");
        Map<String, Object> tokens = json(answer);
        require(
                signIn.nonce()
                        .equals(JWTParser.parse(text(tokens, "id_token"))
                                .getJWTClaimsSet()
                                .getStringClaim("nonce")),
                "The ID token has another nonce than the app sent");
        ok("the code is exchanged for tokens");
        return tokens;
    }

    private void callTheFunction(String token) throws ParseException {
        URI me = world.function().url().resolve("/me");
        Page accepted = see(Browser.fresh()
                .requests()
                .with("Authorization", "Bearer " + token)
                .get(me));
        require(accepted.status() == 200, "The function does not take the token: " + accepted.html());
        Map<String, Object> claims = json(accepted);
        require(world.person().id().equals(claims.get("sub")), "The function saw somebody else: " + claims);
        require(
                "ada".equals(claims.get("username")) || world.person().address().equals(claims.get("username")),
                "The function saw another name: " + claims);
        ok("the function takes the token of " + claims.get("username"));
        Page refused = see(Browser.fresh().requests().get(me));
        require(refused.status() == 401, "The function answers without a token");
        require(refused.header("WWW-Authenticate").startsWith("Bearer"), "The function does not say what it wants");
        ok("the function refuses without a token");
    }

    private void signOut(String idToken) {
        URI home = URI.create(world.app().url() + "/");
        Page out = see(browser.open(signIn.signOut(idToken, home)));
        require(out.uri().equals(home) && out.status() == 200, "Signing out does not lead back to the app");
        ok("signing out leads back to the app");
    }

    private Page see(Page page) {
        last = page;
        return page;
    }

    private void ok(String step) {
        passed++;
        out.println("ok     " + step);
        out.flush();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }

    private static Map<String, Object> json(Page page) throws ParseException {
        return JSONObjectUtils.parse(page.html());
    }

    private static String text(Map<String, Object> json, String key) {
        return Objects.toString(json.get(key), "");
    }
}
