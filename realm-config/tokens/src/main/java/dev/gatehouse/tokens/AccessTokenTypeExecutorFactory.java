// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tokens;

import java.util.List;
import java.util.Map;

import dev.gatehouse.spi.pack.PackVersion;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ServerInfoAwareProviderFactory;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProvider;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProviderFactory;

/**
 * The client policy executor {@code gatehouse-access-token-type}: clients that are made or changed while the policy is on get access
 * tokens of the type {@code at+jwt} (RFC 9068, section 2.1), so that no other token can pass for one. Keycloak has no such
 * switch for a realm. Clients that nobody saves stay as they are.
 */
public final class AccessTokenTypeExecutorFactory
        implements ClientPolicyExecutorProviderFactory, ServerInfoAwareProviderFactory {

    public static final String PROVIDER_ID = "gatehouse-access-token-type";

    @Override
    public ClientPolicyExecutorProvider<?> create(KeycloakSession session) {
        return new AccessTokenType();
    }

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public String getHelpText() {
        return "Clients that are made or changed get access tokens of the type at+jwt (RFC 9068), which functions tell from "
                + "other tokens.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of();
    }

    @Override
    public Map<String, String> getOperationalInfo() {
        return Map.of("version", PackVersion.current());
    }

    @Override
    public void init(Config.Scope scope) {
        // There are no server options.
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
