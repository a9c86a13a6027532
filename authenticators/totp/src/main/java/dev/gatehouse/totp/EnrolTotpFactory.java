// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.totp;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import dev.gatehouse.spi.settings.ConsoleForm;
import dev.gatehouse.spi.settings.RealmAttributes;
import dev.gatehouse.spi.time.ServerClock;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.authentication.requiredactions.UpdateTotp;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * Takes the place of Keycloak's required action {@code CONFIGURE_TOTP}, under its id, in realms that switched the guard on;
 * in all others Keycloak's own does the work. It is one of Keycloak's class because Keycloak's OTP form asks for one.
 */
public final class EnrolTotpFactory extends UpdateTotp {

    /** Of two factories of one id Keycloak takes the one with the higher order; its own has 0. */
    private static final int BEFORE_KEYCLOAK = 100;

    private final InstantSource clock = ServerClock.get();
    private final SecureRandom random = new SecureRandom();

    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        @Nullable RealmModel realm = session.getContext().getRealm();
        return realm != null && RealmAttributes.isOn(realm, OtpSettings.GUARD)
                ? new EnrolTotp(clock, random)
                : super.create(session);
    }

    @Override
    public int order() {
        return BEFORE_KEYCLOAK;
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        List<ProviderConfigProperty> all = new ArrayList<>(super.getConfigMetadata());
        all.addAll(ConsoleForm.of(NewDevice.SETTINGS));
        return all;
    }
}
