// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.seal;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Function;

import dev.gatehouse.core.seal.Envelope;
import dev.gatehouse.core.seal.Opening;
import dev.gatehouse.core.seal.SealContext;
import dev.gatehouse.core.seal.SealingKey;
import dev.gatehouse.core.seal.SecretBox;
import org.keycloak.models.RealmModel;

/** Seals with the ring of the server or of the realm. */
final class RingSealer implements SecretSealer {

    private final Function<RealmModel, KeyWatch.Keys> keys;
    private final SecureRandom random;

    /** @param keys what holds now for a realm */
    RingSealer(Function<RealmModel, KeyWatch.Keys> keys, SecureRandom random) {
        this.keys = keys;
        this.random = random;
    }

    @Override
    public boolean isOn(RealmModel realm) {
        return true;
    }

    @Override
    public Optional<Envelope> seal(RealmModel realm, byte[] plain, SealContext context) {
        KeyWatch.Keys now = keys.apply(realm);
        SealingKey key = now.sealing();
        return key == null
                ? Optional.empty()
                : Optional.of(new SecretBox(now.ring(), random).seal(key, plain, context));
    }

    @Override
    public Opening open(RealmModel realm, Envelope sealed, SealContext context) {
        return new SecretBox(keys.apply(realm).ring(), random).open(sealed, context);
    }

    @Override
    public boolean isCurrent(RealmModel realm, Envelope sealed) {
        SealingKey key = keys.apply(realm).sealing();
        return key == null || key.id().equals(sealed.keyId());
    }
}
