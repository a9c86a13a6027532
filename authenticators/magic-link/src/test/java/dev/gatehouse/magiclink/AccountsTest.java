// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.time.Duration;
import java.util.Map;

import dev.gatehouse.core.link.Refusal;
import dev.gatehouse.core.time.MovedTime;
import dev.gatehouse.spi.fake.FakeRealm;
import dev.gatehouse.spi.fake.FakeServer;
import dev.gatehouse.spi.fake.FakeUser;
import dev.gatehouse.spi.fake.Stub;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.services.managers.BruteForceProtector;

import static org.assertj.core.api.Assertions.assertThat;

class AccountsTest {

    private final FakeRealm realm = new FakeRealm("realm-1", "shop");
    private final FakeServer server = new FakeServer(new MovedTime()).with(realm);

    private Accounts accounts(boolean allowUnverified, boolean openDuringTemporaryLock) {
        return new Accounts(
                server.request(realm).model(),
                realm.model(),
                new MagicLinkSettings(
                        ChannelKind.MAIL,
                        "phoneNumber",
                        Duration.ofMinutes(15),
                        6,
                        Duration.ofSeconds(30),
                        allowUnverified,
                        false,
                        openDuringTemporaryLock));
    }

    private void protector(boolean permanently, boolean temporarily) {
        realm.bruteForceProtected();
        server.provide(
                BruteForceProtector.class,
                null,
                Stub.of(BruteForceProtector.class)
                        .is("isPermanentlyLockedOut", permanently)
                        .is("isTemporarilyDisabled", temporarily)
                        .get());
    }

    /** Columns: the account, the two settings, the two locks; then what comes of it. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // email, service, enabled, verified | allowUnverified, openDuringLock | permanent, temporary | refusal
                "kim@example.org, false, true,  true,  false, true,  false, false, -",
                "kim@example.org, false, true,  true,  false, true,  false, true,  -",
                "kim@example.org, false, true,  true,  false, false, false, true,  LOCKED",
                "kim@example.org, false, true,  true,  false, false, false, false, -",
                "kim@example.org, false, true,  true,  false, true,  true,  false, LOCKED",
                "kim@example.org, false, true,  true,  true,  true,  true,  true,  LOCKED",
                "kim@example.org, false, true,  false, false, true,  false, false, UNVERIFIED",
                "kim@example.org, false, true,  false, true,  true,  false, false, -",
                "kim@example.org, false, true,  false, false, false, false, true,  LOCKED",
                "kim@example.org, false, false, true,  false, true,  false, false, DISABLED",
                "kim@example.org, false, false, false, true,  true,  true,  true,  DISABLED",
                "kim@example.org, true,  true,  true,  true,  true,  false, false, SERVICE_ACCOUNT",
                "kim@example.org, true,  false, false, false, false, true,  true,  SERVICE_ACCOUNT",
                "-,               false, true,  true,  true,  true,  false, false, NO_ADDRESS",
                "'',              false, true,  true,  true,  true,  false, false, NO_ADDRESS",
                "' ',             true,  false, false, true,  true,  true,  true,  SERVICE_ACCOUNT",
            })
    void whetherAnAccountMaySignIn(
            @Nullable String email,
            boolean service,
            boolean enabled,
            boolean verified,
            boolean allowUnverified,
            boolean openDuringLock,
            boolean permanently,
            boolean temporarily,
            @Nullable Refusal refusal) {
        FakeUser user = new FakeUser("user-1", "kim", email);
        if (service) {
            user.serviceAccountOf("app");
        }
        if (!enabled) {
            user.disabled();
        }
        if (!verified) {
            user.unverified();
        }
        protector(permanently, temporarily);

        assertThat(accounts(allowUnverified, openDuringLock)
                        .refusal(user.model())
                        .orElse(null))
                .isEqualTo(refusal);
    }

    @Test
    void aRealmWithoutProtectionIsNotAskedForLocks() {
        FakeUser user = new FakeUser("user-1", "kim", "kim@example.org");

        // The server has no protector: asking for one would fail the test.
        assertThat(accounts(false, false).refusal(user.model())).isEmpty();
    }

    @Test
    void nobodyMayNotSignIn() {
        assertThat(accounts(true, true).refusal(null)).contains(Refusal.UNKNOWN_ADDRESS);
        assertThat(accounts(true, true).refusal(null, "hash")).contains(Refusal.USER_GONE);
    }

    @Test
    void aLinkIsForTheAddressThatItWentTo() {
        FakeUser user = new FakeUser("user-1", "kim", "Kim@Example.org");
        Accounts accounts = accounts(false, true);

        assertThat(accounts.refusal(user.model(), Accounts.hashOf("kim@example.org")))
                .isEmpty();
        assertThat(accounts.refusal(user.model(), Accounts.hashOf("lee@example.org")))
                .contains(Refusal.ADDRESS_CHANGED);
        assertThat(accounts.refusal(user.disabled().model(), Accounts.hashOf("lee@example.org")))
                .contains(Refusal.DISABLED);
        assertThat(accounts.refusal(user.email(null).model(), Accounts.hashOf("kim@example.org")))
                .contains(Refusal.NO_ADDRESS);
    }

    @Test
    void anAddressThatSeveralAccountsHaveIsNobodys() {
        FakeUser kim = server.with(realm, new FakeUser("user-1", "kim", "kim@example.org"));
        assertThat(accounts(false, true).channel().find("kim@example.org")).contains(kim.model());
        assertThat(accounts(false, true).channel().find("lee@example.org")).isEmpty();
        assertThat(accounts(false, true).byId("user-1")).contains(kim.model());
        assertThat(accounts(false, true).byId("user-2")).isEmpty();

        server.users().on("getUserByEmail", call -> {
            throw new ModelDuplicateException("two");
        });
        assertThat(accounts(false, true).channel().find("kim@example.org")).isEmpty();
    }

    @Test
    void spellingsOfOneMailboxAreOne() {
        Map<String, String> spellings = Map.of(
                "kim@example.org", "kim@example.org",
                "KIM@Example.ORG", "kim@example.org",
                " \t\u2003kim@example.org\r\n", "kim@example.org",
                "kim\uff20example.org", "kim@example.org",
                "\uff2b\uff29\uff2d@example.org", "kim@example.org",
                "\ufb01t@example.org", "fit@example.org",
                "jose\u0301@example.org", "jos\u00e9@example.org",
                "\u212aim@example.org", "kim@example.org",
                "", "");

        spellings.forEach((spelling, expected) -> {
            assertThat(Accounts.normalized(spelling)).isEqualTo(expected);
            assertThat(Accounts.hashOf(spelling)).isEqualTo(Accounts.hashOf(expected));
        });
        assertThat(Accounts.normalized("k\u0131m@example.org"))
                .as("a letter that only looks alike stays another one")
                .isNotEqualTo("kim@example.org");
        assertThat(Accounts.normalized("TITLE@example.org")).isEqualTo("title@example.org");
    }

    @Test
    void normalizingTwiceIsNormalizingOnce() {
        for (String text :
                new String[] {"\u0130@x", "\u1e9e@x", "\u03a3@x", "\uff21\u0301@x", "\ud800@x", "\u00bd@x"}) {
            String once = Accounts.normalized(text);
            assertThat(Accounts.normalized(once)).isEqualTo(once);
        }
    }
}
