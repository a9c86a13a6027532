// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.seal;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;

import dev.gatehouse.core.seal.Envelope;
import dev.gatehouse.core.seal.KeyRing;
import dev.gatehouse.core.seal.Opening;
import dev.gatehouse.core.seal.SealContext;
import dev.gatehouse.core.seal.SealingKey;
import dev.gatehouse.spi.fake.FakeRealm;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.keycloak.models.RealmModel;

import static org.assertj.core.api.Assertions.assertThat;

class RingSealerTest {

    private static final byte[] SECRET = "a secret".getBytes(StandardCharsets.UTF_8);
    private static final SealContext CONTEXT = SealContext.of("a test");

    private final RealmModel realm = new FakeRealm("realm-1", "shop").model();

    private static RingSealer sealer(@Nullable SealingKey sealing, SealingKey... keys) {
        KeyWatch.Keys held = new KeyWatch.Keys(KeyRing.of(List.of(keys)), sealing);
        return new RingSealer(any -> held, new SecureRandom());
    }

    @Test
    void theKeyThatMaySealSealsAndAnyOpens() {
        Envelope sealed = sealer(TestKeys.K1, TestKeys.K2, TestKeys.K1)
                .seal(realm, SECRET, CONTEXT)
                .orElseThrow();
        RingSealer later = sealer(TestKeys.K2, TestKeys.K2, TestKeys.K1);

        assertThat(sealed.keyId()).isEqualTo("k1");
        assertThat(((Opening.Opened) later.open(realm, sealed, CONTEXT)).plain())
                .isEqualTo(SECRET);
        assertThat(later.isCurrent(realm, sealed)).isFalse();
        assertThat(sealer(TestKeys.K1, TestKeys.K1).isCurrent(realm, sealed)).isTrue();
    }

    @Test
    void withoutAKeyThatMaySealNothingIsSealedNothingIsStaleAndAllOpens() {
        Envelope sealed =
                sealer(TestKeys.K1, TestKeys.K1).seal(realm, SECRET, CONTEXT).orElseThrow();
        RingSealer waiting = sealer(null, TestKeys.K2, TestKeys.K1);

        assertThat(waiting.isOn(realm)).isTrue();
        assertThat(waiting.seal(realm, SECRET, CONTEXT)).isEmpty();
        assertThat(waiting.isCurrent(realm, sealed)).isTrue();
        assertThat(waiting.open(realm, sealed, CONTEXT)).isInstanceOf(Opening.Opened.class);
    }

    @Test
    void whatAnotherKeySealedDoesNotOpen() {
        Envelope sealed =
                sealer(TestKeys.K2, TestKeys.K2).seal(realm, SECRET, CONTEXT).orElseThrow();

        assertThat(sealer(TestKeys.K1, TestKeys.K1).open(realm, sealed, CONTEXT))
                .isEqualTo(new Opening.UnknownKey("k2"));
        assertThat(sealer(TestKeys.OTHER_K2, TestKeys.OTHER_K2).open(realm, sealed, CONTEXT))
                .isEqualTo(new Opening.Tampered("k2"));
    }
}
