// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import dev.gatehouse.kit.server.AllowedInLog;
import dev.gatehouse.kit.server.KeycloakServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.representations.idm.EventRepresentation;

import static org.assertj.core.api.Assertions.assertThat;

/** Guesses at passwords are counted, and stop. */
@ExtendWith(KeycloakServer.class)
class GuessingIT {

    private static final String LOGIN_ADDRESS = "gatehouse.limits.login.address";
    private static final String LOGIN_NAME = "gatehouse.limits.login.name";

    private final Gatehouse gatehouse;
    private final Guesser guesser;

    GuessingIT(Gatehouse gatehouse) {
        this.gatehouse = gatehouse;
        this.guesser = guesserAt(Network.next());
    }

    private Guesser guesserAt(String address) {
        return new Guesser(gatehouse, address);
    }

    private List<EventRepresentation> errors(String error, String userId) {
        return gatehouse.events("LOGIN_ERROR").stream()
                .filter(event -> error.equals(event.getError()))
                .filter(event -> userId.equals(event.getUserId()))
                .toList();
    }

    private List<EventRepresentation> refusals(String address) {
        return gatehouse.events("LOGIN_ERROR").stream()
                .filter(event -> "rate_limited".equals(event.getError()))
                .filter(event -> address.equals(event.getIpAddress()))
                .toList();
    }

    private int failures(Person person) {
        return (Integer) gatehouse
                .realm()
                .attackDetection()
                .bruteForceUserStatus(person.id())
                .getOrDefault("numFailures", 0);
    }

    private static void assertRefused(Page page) {
        assertThat(page.status()).as(page.describe()).isEqualTo(429);
        assertThat(page.text()).contains("Too many tries. Please wait");
        assertThat(Long.parseLong(page.header("Retry-After"))).isPositive();
        assertThat(page.header("Cache-Control")).contains("no-store");
        assertThat(page.form().fields()).contains("Username or email", "Password");
    }

    @Test
    void theSixthGuessOfOneSignInIsRefusedEvenIfItIsRightAndThePageWorksAfterTheWait() {
        Person pat = gatehouse.aPerson().create();
        String address = Network.next();
        gatehouse.attributes().during(Map.of(LOGIN_ADDRESS, "5/8s"), () -> {
            App app = gatehouse.app();
            Page page = Guesser.form(app, guesserAt(address).browser());
            for (int i = 0; i < 5; i++) {
                page = Guesser.type(page, pat.username(), Guesser.WRONG);
                assertThat(page.status()).isEqualTo(200);
                assertThat(page.text()).contains("Invalid username or password.");
            }

            Page refused = Guesser.type(page, pat.username(), pat.password());
            long told = System.nanoTime();

            assertRefused(refused);
            long wait = Long.parseLong(refused.header("Retry-After"));
            assertThat(wait).isBetween(1L, 8L);
            assertThat(refused.header("RateLimit-Policy")).contains("\"login-address\";q=5;w=8");
            assertThat(refused.header("RateLimit")).isEqualTo("\"login-address\";r=0;t=" + wait);
            assertThat(errors("invalid_user_credentials", pat.id())).hasSize(5);
            assertThat(refusals(address)).hasSize(1).first().satisfies(event -> assertThat(event.getDetails())
                    .containsEntry("gatehouse_rule", "login-address"));

            Eventually.get(
                    System::nanoTime,
                    now -> now - told > Duration.ofSeconds(wait).toNanos());
            Page again = Guesser.type(refused, pat.username(), pat.password());

            assertThat(again.isAtStop()).as("signed in from the same page").isTrue();
            assertThat(app.tokens(again).claims().get("sub").asText()).isEqualTo(pat.id());
        });
    }

    @Test
    void aNewSessionForEachGuessChangesNothing() {
        Person pat = gatehouse.aPerson().create();
        for (int i = 0; i < 5; i++) {
            assertThat(guesser.guess(pat.username(), Guesser.WRONG).status()).isEqualTo(200);
        }

        assertRefused(guesser.guess(pat.username(), pat.password()));
        assertThat(guesser.guess("somebody-else", Guesser.WRONG).status())
                .as("another name, the same address")
                .isEqualTo(429);
        assertThat(guesserAt(Network.next())
                        .guess(pat.username(), pat.password())
                        .isAtStop())
                .as("the owner, at another address")
                .isTrue();
    }

    @Test
    void ofFiftyGuessesAtOnceFromSessionsThatWereOpenedBeforeFiveAreLookedAt() throws Exception {
        Person pat = gatehouse.aPerson().create();
        List<Page> forms = IntStream.range(0, 50).mapToObj(i -> guesser.form()).toList();
        ExecutorService all = Executors.newFixedThreadPool(50);
        try {
            List<Callable<Integer>> guesses = new ArrayList<>();
            forms.forEach(form -> guesses.add(
                    () -> Guesser.type(form, pat.username(), Guesser.WRONG).status()));
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> status : all.invokeAll(guesses, 3, TimeUnit.MINUTES)) {
                statuses.add(status.get());
            }

            assertThat(statuses.stream().filter(status -> status == 200)).hasSize(5);
            assertThat(statuses.stream().filter(status -> status == 429)).hasSize(45);
            // Keycloak refuses some of them by itself, because they come at the same time.
            assertThat(gatehouse.events("LOGIN_ERROR"))
                    .filteredOn(event -> pat.id().equals(event.getUserId()))
                    .hasSize(5);
        } finally {
            all.shutdownNow();
        }
    }

    @Test
    void toLookAtThePageCostsNothing() {
        Person pat = gatehouse.aPerson().create();
        App app = gatehouse.app();
        Page form = Guesser.form(app, guesser.browser());
        for (int i = 0; i < 20; i++) {
            form = form.reload();
        }
        Page fresh = form.text().contains("Password") ? form : Guesser.form(app, guesser.browser());

        assertThat(Guesser.type(fresh, pat.username(), pat.password()).isAtStop())
                .isTrue();
    }

    @Test
    void twentyPeopleBehindOneAddressSignIn() {
        Person pat = gatehouse.aPerson().create();
        for (int i = 0; i < 20; i++) {
            assertThat(guesser.guess(pat.username(), pat.password()).isAtStop())
                    .as("sign-in " + i)
                    .isTrue();
        }
    }

    @Test
    void aRightPasswordGivesBackItsOwnTryAndNoOther() {
        Person pat = gatehouse.aPerson().create();
        Person mallory = gatehouse.aPerson().create();
        for (int i = 0; i < 4; i++) {
            assertThat(guesser.guess(pat.username(), Guesser.WRONG).status()).isEqualTo(200);
            assertThat(guesser.guess(mallory.username(), mallory.password()).isAtStop())
                    .isTrue();
        }
        assertThat(guesser.guess(pat.username(), Guesser.WRONG).status()).isEqualTo(200);

        assertRefused(guesser.guess(pat.username(), Guesser.WRONG));
        assertRefused(guesser.guess(mallory.username(), mallory.password()));
    }

    @Test
    void whoHasAnAccountCannotBeToldFromTheAnswers() {
        Person pat = gatehouse.aPerson().create();
        String known = pat.username();
        String unknown = known.replaceFirst("p", "q");
        List<Page> answersToKnown = guesses(Network.next(), known, 7);
        List<Page> answersToUnknown = guesses(Network.next(), unknown, 7);

        for (int i = 0; i < 7; i++) {
            assertThat(answersToUnknown.get(i).status())
                    .isEqualTo(answersToKnown.get(i).status());
            assertThat(comparable(answersToUnknown.get(i), unknown))
                    .isEqualTo(comparable(answersToKnown.get(i), known));
        }
        assertThat(answersToKnown.get(6).status()).isEqualTo(429);
    }

    private List<Page> guesses(String address, String name, int count) {
        Page page = guesserAt(address).form();
        List<Page> answers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            page = Guesser.type(page, name, Guesser.WRONG);
            answers.add(page);
        }
        return answers;
    }

    /** Without what is random in every page, and without the seconds that pass. */
    private static String comparable(Page page, String name) {
        return page.html()
                .replace(name, "NAME")
                .replaceAll("(session_code|tab_id|client_data|execution|state|nonce|code_challenge)=[^&\"']*", "$1=")
                .replaceAll("challenge : \"[^\"]+\"", "challenge")
                .replaceAll("wait \\d+ seconds|wait one second", "wait")
                .replaceAll("(resources/)[^/]+/", "$1")
                .replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "ID")
                .replaceAll("authSessionHash|\"[A-Za-z0-9+/=_-]{40,}\"", "HASH");
    }

    @Test
    void strangersSpendEveryBudgetOfANameAndItsOwnerStillSignsInFromAKnownBrowser() {
        Person pat = gatehouse.aPerson().create();
        String office = Network.next();
        Browser known = guesserAt(office).browser();
        App first = gatehouse.app();
        first.tokens(Guesser.type(Guesser.form(first, known), pat.username(), pat.password()));
        gatehouse.realm().users().get(pat.id()).logout();

        gatehouse.attributes().during(Map.of(LOGIN_NAME, "3/15m"), () -> {
            Guesser stranger = guesserAt(office);
            while (stranger.guess(pat.username(), Guesser.WRONG).status() == 200) {
                // Until nothing is left.
            }
            while (stranger.guess(pat.address(), Guesser.WRONG).status() == 200) {
                // By the other name, until the address has nothing left either.
            }
            assertRefused(stranger.guess(pat.address(), pat.password()));
            assertRefused(stranger.guess(pat.username(), pat.password()));

            App second = gatehouse.app();
            Page home = Guesser.type(Guesser.form(second, known), pat.username(), pat.password());

            assertThat(second.tokens(home).claims().get("sub").asText()).isEqualTo(pat.id());
        });
    }

    @Test
    void aKnownBrowserHasABudgetAndNotAKey() {
        Person pat = gatehouse.aPerson().create();
        Browser known = guesser.browser();
        App app = gatehouse.app();
        app.tokens(Guesser.type(Guesser.form(app, known), pat.username(), pat.password()));
        gatehouse.realm().users().get(pat.id()).logout();

        Page page = Guesser.form(gatehouse.app(), known);
        for (int i = 0; i < 5; i++) {
            page = Guesser.type(page, pat.username(), Guesser.WRONG);
            assertThat(page.status()).isEqualTo(200);
        }

        assertRefused(Guesser.type(page, pat.username(), pat.password()));
    }

    @Test
    void refusalsAreNoFailuresForKeycloaksLockout() {
        Person pat = gatehouse.aPerson().create();
        for (int i = 0; i < 9; i++) {
            guesser.guess(pat.username(), Guesser.WRONG);
        }

        assertThat(Eventually.get(() -> failures(pat), count -> count >= 5)).isEqualTo(5);
    }

    @Test
    void anAdministratorWhoClearsLoginFailuresClearsTheCountersToo() {
        Person pat = gatehouse.aPerson().create();
        Person mallory = gatehouse.aPerson().create();
        gatehouse.attributes().during(Map.of(LOGIN_NAME, "2/15m", LOGIN_ADDRESS, "1000/1m"), () -> {
            for (Person person : List.of(pat, mallory)) {
                guesser.guess(person.username(), Guesser.WRONG);
                guesser.guess(person.username(), Guesser.WRONG);
                assertRefused(guesser.guess(person.username(), person.password()));
            }

            gatehouse.realm().attackDetection().clearBruteForceForUser(pat.id());

            assertThat(guesser.guess(pat.username(), pat.password()).isAtStop()).isTrue();
            assertRefused(guesser.guess(mallory.username(), mallory.password()));

            gatehouse.realm().attackDetection().clearAllBruteForce();

            assertThat(guesser.guess(mallory.username(), mallory.password()).isAtStop())
                    .isTrue();
        });
    }

    @Test
    void allWaysToWriteANameShareOneBudget() {
        Person pat = gatehouse.aPerson().create();
        String name = pat.username();
        gatehouse.attributes().during(Map.of(LOGIN_NAME, "5/15m", LOGIN_ADDRESS, "1000/1m"), () -> {
            StringBuilder wide = new StringBuilder();
            name.chars().forEach(letter -> wide.appendCodePoint(letter + 0xFEE0));
            for (String written :
                    List.of(name, name.toUpperCase(Locale.ROOT), "  " + name + " ", wide.toString(), name + "\u200b")) {
                assertThat(guesser.guess(written, Guesser.WRONG).status())
                        .as(written)
                        .isEqualTo(200);
            }

            assertRefused(guesser.guess(name, pat.password()));
        });
    }

    @Test
    void neighboursInOneNetworkOfIpv6ShareABudgetAndOthersDoNot() {
        Person pat = gatehouse.aPerson().create();
        for (int i = 0; i < 5; i++) {
            assertThat(guesserAt("fd00:db8:7:1::" + (i + 1))
                            .guess(pat.username(), Guesser.WRONG)
                            .status())
                    .isEqualTo(200);
        }

        assertRefused(guesserAt("fd00:db8:7:1:ffff::9").guess(pat.username(), pat.password()));
        assertThat(guesserAt("fd00:db8:8:1::1")
                        .guess(pat.username(), pat.password())
                        .isAtStop())
                .isTrue();
    }

    @Test
    void whoOwnsManyNetworksOfIpv6HasAWiderBudgetAndNotAnEndlessOne() {
        Person pat = gatehouse.aPerson().create();
        gatehouse.attributes().during(Map.of(LOGIN_NAME, "1000/15m"), () -> {
            int allowed = 0;
            for (int line = 0; line < 30; line++) {
                // All in one /56.
                String address = "fd00:db8:9:a0" + String.format("%02x", line) + "::1";
                allowed +=
                        guesserAt(address).guess(pat.username(), Guesser.WRONG).status() == 200 ? 1 : 0;
            }

            assertThat(allowed).isEqualTo(20);
        });
    }

    @Test
    void aRealmThatOnlyObservesRefusesNobodyAndARealmWithoutLimitsCountsNobody() {
        Person pat = gatehouse.aPerson().create();
        gatehouse.attributes().during(Map.of("gatehouse.limits.mode", "observe"), () -> {
            for (int i = 0; i < 7; i++) {
                assertThat(guesser.guess(pat.username(), Guesser.WRONG).status())
                        .isEqualTo(200);
            }
        });
        assertRefused(guesser.guess(pat.username(), Guesser.WRONG));

        Guesser other = guesserAt(Network.next());
        gatehouse.attributes().during(Map.of("gatehouse.limits.mode", "off"), () -> {
            for (int i = 0; i < 7; i++) {
                assertThat(other.guess(pat.username(), Guesser.WRONG).status()).isEqualTo(200);
            }
        });
        assertThat(other.guess(pat.username(), Guesser.WRONG).status()).isEqualTo(200);
    }

    @Test
    void addressesOnTheListsAreNeverLimitedOrAlwaysRefused() {
        Person pat = gatehouse.aPerson().create();
        gatehouse
                .attributes()
                .during(
                        Map.of(
                                "gatehouse.limits.allow", "192.168.100.0/24, fd00:db8:5::/48",
                                "gatehouse.limits.deny", "192.168.66.66"),
                        () -> {
                            for (int i = 0; i < 8; i++) {
                                assertThat(guesserAt("192.168.100." + (i % 2 + 7))
                                                .guess(pat.username(), Guesser.WRONG)
                                                .status())
                                        .isEqualTo(200);
                            }
                            Page refused = guesserAt("192.168.66.66").guess(pat.username(), pat.password());

                            assertThat(refused.status()).isEqualTo(403);
                            assertThat(refused.text()).contains("not possible from your network");
                            assertThat(refused.header("Retry-After")).isEmpty();
                        });
    }

    @Test
    @AllowedInLog("counts as not set")
    void aRuleThatCannotBeReadIsTheDefaultOneNeitherNoneNorAll() {
        Person pat = gatehouse.aPerson().create();
        for (String wrong : List.of("0/1m", "-1/1m", "five a minute", "5/0s", "99999/1m")) {
            Guesser someone = guesserAt(Network.next());
            gatehouse.attributes().during(Map.of(LOGIN_ADDRESS, wrong), () -> {
                for (int i = 0; i < 5; i++) {
                    assertThat(someone.guess(pat.username(), Guesser.WRONG).status())
                            .as(wrong)
                            .isIn(200, 429);
                }
                assertThat(someone.guess("nobody", Guesser.WRONG).status()).isEqualTo(429);
            });
            gatehouse.realm().attackDetection().clearAllBruteForce();
        }
    }

    @Test
    void noParameterOfAFormSkipsTheCount() {
        Person pat = gatehouse.aPerson().create();
        List<Map.Entry<String, String>> tricks = List.of(
                Map.entry("authenticatorData", "x"),
                Map.entry("error", "x"),
                Map.entry("credentialId", ""),
                Map.entry("rememberMe", "on"),
                Map.entry("kc_locale", "de"));
        Page page = guesser.form();
        for (Map.Entry<String, String> trick : tricks) {
            page = page.form()
                    .forge("username", pat.username())
                    .forge("password", Guesser.WRONG)
                    .forge(trick.getKey(), trick.getValue())
                    .enter();
            assertThat(page.status()).isEqualTo(200);
        }

        assertRefused(Guesser.type(page, pat.username(), pat.password()));
    }

    @Test
    void theAdministratorsRealmIsNotTouchedByAFloodOnThisOne() {
        for (int i = 0; i < 8; i++) {
            guesser.guess("admin", Guesser.WRONG);
        }

        assertThat(gatehouse.admin().tokenManager().grantToken().getToken()).isNotEmpty();
    }

    @Test
    void whoHasANameThatLooksLikeAnothersGetsNoBudgetAtThatOne() {
        Person pat = gatehouse.aPerson().create();
        String lookAlike = pat.username().replaceFirst("^p", "\u1e55");
        Person mallory = gatehouse.aPerson().named(lookAlike).create();
        Browser known = guesser.browser();
        App app = gatehouse.app();
        app.tokens(Guesser.type(Guesser.form(app, known), mallory.username(), mallory.password()));
        gatehouse.realm().users().get(mallory.id()).logout();
        while (guesser.guess(pat.username(), Guesser.WRONG).status() == 200) {
            // Until the address has nothing left.
        }

        assertRefused(Guesser.type(Guesser.form(gatehouse.app(), known), pat.username(), Guesser.WRONG));
    }

    @Test
    void whatAClientWritesIntoTheHeaderOfTheProxyChangesNothing() {
        Person pat = gatehouse.aPerson().create();
        String address = Network.next();
        for (int i = 0; i < 5; i++) {
            assertThat(guesserAt("10.99.0." + i + ", " + address)
                            .guess(pat.username(), Guesser.WRONG)
                            .status())
                    .isEqualTo(200);
        }

        assertRefused(guesserAt("10.99.0.9, not-an-address, " + address).guess(pat.username(), pat.password()));
    }
}
