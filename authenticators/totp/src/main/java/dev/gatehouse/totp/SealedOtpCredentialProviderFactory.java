// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.totp;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import dev.gatehouse.core.settings.Setting;
import dev.gatehouse.core.settings.Settings;
import dev.gatehouse.spi.pack.PackInfo;
import dev.gatehouse.spi.seal.SecretSealer;
import dev.gatehouse.spi.settings.ConsoleForm;
import dev.gatehouse.spi.settings.ServerOptions;
import dev.gatehouse.spi.time.ServerClock;
import org.keycloak.Config;
import org.keycloak.credential.OTPCredentialProvider;
import org.keycloak.credential.OTPCredentialProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ServerInfoAwareProviderFactory;

/** Takes the place of the factory of Keycloak's own credential {@code otp}, under its id. */
public final class SealedOtpCredentialProviderFactory extends OTPCredentialProviderFactory
        implements ServerInfoAwareProviderFactory {

    /** Of two factories of one id Keycloak takes the one with the higher order; its own has 0. */
    private static final int BEFORE_KEYCLOAK = 100;

    static final Setting<Boolean> ACCEPT_PLAIN = Setting.flag(
            "accept-plaintext",
            "Secrets that are not sealed",
            "Whether a secret that is not sealed is still used where keys are set. Set it to false once none is left.",
            true);

    /** Every option, in the order in which documents list them. */
    public static final List<Setting<?>> OPTIONS = List.of(ACCEPT_PLAIN);

    private static final String PLACE = "spi-credential--" + PROVIDER_ID + "--";

    private final InstantSource clock = ServerClock.get();

    private Settings options = Settings.read(OPTIONS, key -> null);

    @Override
    public OTPCredentialProvider create(KeycloakSession session) {
        DeviceSecrets secrets =
                new DeviceSecrets(session.getProvider(SecretSealer.class), () -> options.get(ACCEPT_PLAIN));
        return new SealedOtpCredentialProvider(session, secrets, new JpaFailedCodesStore(session), clock);
    }

    @Override
    public void init(Config.Scope scope) {
        options = ServerOptions.read(scope, PLACE, OPTIONS);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(event -> {
            if (event instanceof UserModel.UserRemovedEvent removed) {
                new JpaFailedCodesStore(removed.getKeycloakSession())
                        .clear(removed.getUser().getId());
            } else if (event instanceof RealmModel.RealmRemovedEvent removed) {
                new JpaFailedCodesStore(removed.getKeycloakSession())
                        .clearRealm(removed.getRealm().getId());
            }
        });
    }

    @Override
    public int order() {
        return BEFORE_KEYCLOAK;
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return ConsoleForm.of(OPTIONS);
    }

    @Override
    public Map<String, String> getOperationalInfo() {
        return PackInfo.of(options, OPTIONS);
    }
}
