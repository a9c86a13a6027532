// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.seal;

import java.util.Optional;

import dev.gatehouse.core.seal.Envelope;
import dev.gatehouse.core.seal.Opening;
import dev.gatehouse.core.seal.SealContext;
import org.keycloak.models.RealmModel;

/** For a server that has no keys. */
final class NoSealer implements SecretSealer {

    @Override
    public boolean isOn(RealmModel realm) {
        return false;
    }

    @Override
    public Optional<Envelope> seal(RealmModel realm, byte[] plain, SealContext context) {
        return Optional.empty();
    }

    @Override
    public Opening open(RealmModel realm, Envelope sealed, SealContext context) {
        return new Opening.UnknownKey(sealed.keyId());
    }

    @Override
    public boolean isCurrent(RealmModel realm, Envelope sealed) {
        return true;
    }
}
