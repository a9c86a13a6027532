// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.totp;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

import dev.gatehouse.core.otp.OtpSecret;
import dev.gatehouse.core.seal.Envelope;
import dev.gatehouse.core.seal.KeyRing;
import dev.gatehouse.core.seal.Opening;
import dev.gatehouse.core.seal.SealContext;
import dev.gatehouse.core.seal.SealingKey;
import dev.gatehouse.core.seal.SecretBox;
import dev.gatehouse.spi.fake.FakeLogin;
import dev.gatehouse.spi.fake.FakeRealm;
import dev.gatehouse.spi.fake.FakeTab;
import dev.gatehouse.spi.fake.FakeUser;
import dev.gatehouse.spi.fake.Stub;
import dev.gatehouse.spi.seal.SecretSealer;
import org.junit.jupiter.api.Test;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;

import static org.assertj.core.api.Assertions.assertThat;

class EnrolmentSecretTest {

    private final SecureRandom random = new SecureRandom();
    private final FakeRealm realm = new FakeRealm("realm-1", "example");
    private final FakeUser pat = new FakeUser("user-1", "pat", "pat@example.org");
    private final FakeLogin login = new FakeLogin("login-1");
    private final ClientModel client =
            Stub.of(ClientModel.class).is("getRealm", realm.model()).get();
    private final FakeTab tab = login.tab("tab-1", client);

    /** With one key, or with none. */
    private final class Sealer implements SecretSealer {

        private final Optional<SecretBox> box;
        private final SealingKey key =
                new SealingKey("k1", "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));

        Sealer(boolean on) {
            box = on ? Optional.of(new SecretBox(KeyRing.of(List.of(key)), random)) : Optional.empty();
        }

        @Override
        public boolean isOn(RealmModel asked) {
            return box.isPresent();
        }

        @Override
        public Optional<Envelope> seal(RealmModel asked, byte[] plain, SealContext context) {
            return box.map(it -> it.seal(key, plain, context));
        }

        @Override
        public Opening open(RealmModel asked, Envelope sealed, SealContext context) {
            return box.orElseThrow().open(sealed, context);
        }

        @Override
        public boolean isCurrent(RealmModel asked, Envelope sealed) {
            return true;
        }
    }

    private EnrolmentSecret of(FakeTab where, FakeUser user, SecretSealer sealer) {
        return new EnrolmentSecret(where.model(), realm.model(), user.model(), sealer);
    }

    @Test
    void itWaitsInTheTabUntilItIsForgotten() {
        for (boolean sealed : new boolean[] {true, false}) {
            EnrolmentSecret waiting = of(tab, pat, new Sealer(sealed));

            OtpSecret secret = waiting.make(random);

            assertThat(secret.reveal()).hasSize(20);
            assertThat(of(tab, pat, new Sealer(sealed)).waiting()).contains(secret);
            waiting.forget();
            assertThat(waiting.waiting()).isEmpty();
        }
    }

    @Test
    void withKeysItWaitsSealed() {
        OtpSecret secret = of(tab, pat, new Sealer(true)).make(random);

        assertThat(tab.notes().values()).singleElement().satisfies(note -> {
            assertThat(Envelope.parse(note)).isPresent();
            assertThat(note).doesNotContain(secret.base32());
        });
    }

    @Test
    void aSealedOneIsForOneUserInOneTab() {
        Sealer sealer = new Sealer(true);
        of(tab, pat, sealer).make(random);
        FakeTab other = login.tab("tab-2", client);
        other.notes().putAll(tab.notes());
        FakeTab elsewhere = new FakeLogin("login-2").tab("tab-1", client);
        elsewhere.notes().putAll(tab.notes());

        assertThat(of(tab, new FakeUser("user-2", "kim", null), sealer).waiting())
                .isEmpty();
        assertThat(of(other, pat, sealer).waiting()).isEmpty();
        assertThat(of(elsewhere, pat, sealer).waiting()).isEmpty();
    }

    @Test
    void whatIsNoSecretIsNone() {
        for (String note : new String[] {"", "?", "v1.k1.", "v1.k2.AAAA", "v9.k1.xyz", "A"}) {
            tab.notes().put("gatehouse.totp.enrolment", note);

            assertThat(of(tab, pat, new Sealer(true)).waiting()).as(note).isEmpty();
        }
    }
}
