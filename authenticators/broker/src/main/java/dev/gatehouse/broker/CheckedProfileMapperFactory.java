// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.broker;

import java.util.List;
import java.util.Map;

import dev.gatehouse.spi.pack.PackVersion;
import org.keycloak.broker.provider.AbstractIdentityProviderMapper;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.IdentityProviderSyncMode;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ServerInfoAwareProviderFactory;

/**
 * The identity provider mapper {@code gatehouse-checked-profile}: an account takes over from an identity provider only what
 * the realm's user profile accepts, at every sign-in and not at the first alone.
 */
public final class CheckedProfileMapperFactory extends AbstractIdentityProviderMapper
        implements ServerInfoAwareProviderFactory {

    public static final String PROVIDER_ID = "gatehouse-checked-profile";

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public String getDisplayType() {
        return "Checked profile (Gatehouse)";
    }

    @Override
    public String getDisplayCategory() {
        return "Preprocessor";
    }

    @Override
    public String getHelpText() {
        return "At later sign-ins an account keeps its address or name where the provider says one that the user profile "
                + "does not accept, or the address of another account.";
    }

    @Override
    public String[] getCompatibleProviders() {
        return new String[] {ANY_PROVIDER};
    }

    @Override
    public boolean supportsSyncMode(IdentityProviderSyncMode mode) {
        return true;
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of();
    }

    @Override
    public void preprocessFederatedIdentity(
            KeycloakSession session,
            RealmModel realm,
            IdentityProviderMapperModel mapper,
            BrokeredIdentityContext identity) {
        new CheckedProfile(session, realm, identity).check();
    }

    @Override
    public Map<String, String> getOperationalInfo() {
        return Map.of("version", PackVersion.current());
    }
}
