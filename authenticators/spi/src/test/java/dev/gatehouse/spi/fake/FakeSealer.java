// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.fake;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.gatehouse.core.seal.Envelope;
import dev.gatehouse.core.seal.KeyRing;
import dev.gatehouse.core.seal.Opening;
import dev.gatehouse.core.seal.SealContext;
import dev.gatehouse.core.seal.SealingKey;
import dev.gatehouse.core.seal.SecretBox;
import dev.gatehouse.spi.seal.SealingUnavailableException;
import dev.gatehouse.spi.seal.SecretSealer;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.RealmModel;

/** Seals for every realm with keys that a test hands out; without any there are none. */
public final class FakeSealer implements SecretSealer {

    private final SecureRandom random = new SecureRandom();
    private final List<SealingKey> keys = new ArrayList<>();
    private @Nullable SealingKey sealing;
    private int callsLeft = Integer.MAX_VALUE;

    /** A key of that name; each has bytes of its own. */
    public static SealingKey key(String id) {
        byte[] bytes = new byte[32];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (id.hashCode() + i);
        }
        return new SealingKey(id, bytes);
    }

    /** Has these keys from now on, of which the first seals. */
    public FakeSealer has(String... ids) {
        keys.clear();
        for (String id : ids) {
            keys.add(key(id));
        }
        sealing = keys.isEmpty() ? null : keys.get(0);
        return this;
    }

    /** No key is one that all nodes have. */
    public FakeSealer sealsNothing() {
        sealing = null;
        return this;
    }

    /** Answers so many times more, and then the keys cannot be had. */
    public FakeSealer isGoneAfter(int calls) {
        callsLeft = calls;
        return this;
    }

    private synchronized void call() {
        if (callsLeft-- <= 0) {
            throw new SealingUnavailableException("the keys are away");
        }
    }

    private SecretBox box() {
        return new SecretBox(KeyRing.of(keys), random);
    }

    @Override
    public boolean isOn(RealmModel realm) {
        return !keys.isEmpty();
    }

    @Override
    public Optional<Envelope> seal(RealmModel realm, byte[] plain, SealContext context) {
        call();
        return sealing == null ? Optional.empty() : Optional.of(box().seal(sealing, plain, context));
    }

    @Override
    public Opening open(RealmModel realm, Envelope sealed, SealContext context) {
        call();
        return keys.isEmpty() ? new Opening.UnknownKey(sealed.keyId()) : box().open(sealed, context);
    }

    @Override
    public boolean isCurrent(RealmModel realm, Envelope sealed) {
        call();
        return sealing == null || sealing.id().equals(sealed.keyId());
    }
}
