// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.gatehouse.spi.pack.PackVersion;
import dev.gatehouse.spi.settings.ConsoleForm;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.authentication.ConfigurableAuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.ServerInfoAwareProviderFactory;

/** What the factories of all limited steps and form parts have in common. */
abstract class StepFactory<P extends Provider>
        implements ProviderFactory<P>, ConfigurableAuthenticatorFactory, ServerInfoAwareProviderFactory {

    private final String id;
    private final String name;
    private final String help;
    private final @Nullable ConfigurableAuthenticatorFactory like;
    private final StepRates rates;

    /** @param like the step of Keycloak that this one stands for in a flow; null for a kind of its own */
    StepFactory(String id, String name, String help, @Nullable ConfigurableAuthenticatorFactory like) {
        this.id = id;
        this.name = name;
        this.help = help;
        this.like = like;
        this.rates = new StepRates(StepDeclarations.STEPS.getOrDefault(id, List.of()));
    }

    /** The options of the steps that this makes. */
    final StepRates rates() {
        return rates;
    }

    @Override
    public final String getId() {
        return id;
    }

    @Override
    public final String getDisplayType() {
        return name + " (Gatehouse)";
    }

    @Override
    public final String getHelpText() {
        return help;
    }

    @Override
    public @Nullable String getReferenceCategory() {
        return like == null ? null : like.getReferenceCategory();
    }

    @Override
    public final Set<String> getOptionalReferenceCategories(KeycloakSession session) {
        return like == null ? Set.of() : like.getOptionalReferenceCategories(session);
    }

    /** A kind of our own is never an alternative: a step that only counts would take the place of one that verifies. */
    @Override
    public final Requirement[] getRequirementChoices() {
        return like == null
                ? new Requirement[] {Requirement.REQUIRED, Requirement.DISABLED}
                : like.getRequirementChoices();
    }

    @Override
    public final boolean isConfigurable() {
        // Keycloak's reference to a method of authentication is set there, too, where its own step has it.
        return !rates.declared().isEmpty() || (like != null && like.isConfigurable());
    }

    @Override
    public final boolean isUserSetupAllowed() {
        return false;
    }

    @Override
    public final List<ProviderConfigProperty> getConfigProperties() {
        return ConsoleForm.of(rates.declared());
    }

    @Override
    public final Map<String, String> getOperationalInfo() {
        return Map.of("version", PackVersion.current());
    }

    @Override
    public final void init(Config.Scope scope) {
        // The steps have no server options.
    }

    @Override
    public final void postInit(KeycloakSessionFactory factory) {
        // Nothing is started.
    }

    @Override
    public final void close() {
        // Nothing is held.
    }
}
