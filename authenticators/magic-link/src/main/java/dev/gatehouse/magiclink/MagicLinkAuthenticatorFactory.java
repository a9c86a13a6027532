// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import dev.gatehouse.spi.pack.PackVersion;
import dev.gatehouse.spi.settings.ConsoleForm;
import dev.gatehouse.spi.time.ServerClock;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ServerInfoAwareProviderFactory;

/** The step {@code gatehouse-magic-link} for the admin console's flow editor. */
public final class MagicLinkAuthenticatorFactory implements AuthenticatorFactory, ServerInfoAwareProviderFactory {

    public static final String PROVIDER_ID = "gatehouse-magic-link";

    private final InstantSource clock = ServerClock.get();
    private final LinkSender sender = new LinkSender(LinkStores::of);

    @Override
    public Authenticator create(KeycloakSession session) {
        return new MagicLinkAuthenticator(sender, clock);
    }

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public String getDisplayType() {
        return "Magic Link (Gatehouse)";
    }

    @Override
    public String getHelpText() {
        return "Sends a sign-in link by mail; the tab that asked goes on when the link is confirmed in the same browser.";
    }

    /** None: Keycloak's brute-force protection must never count what happens here as a failed guess. */
    @Override
    public @Nullable String getReferenceCategory() {
        return null;
    }

    @Override
    public boolean isConfigurable() {
        return true;
    }

    @Override
    public Requirement[] getRequirementChoices() {
        return new Requirement[] {Requirement.REQUIRED, Requirement.ALTERNATIVE, Requirement.DISABLED};
    }

    @Override
    public boolean isUserSetupAllowed() {
        return false;
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return ConsoleForm.of(MagicLinkSettings.ALL);
    }

    @Override
    public Map<String, String> getOperationalInfo() {
        return Map.of("version", PackVersion.current());
    }

    @Override
    public void init(Config.Scope scope) {
        // The step has no server options.
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // Nothing is started.
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
