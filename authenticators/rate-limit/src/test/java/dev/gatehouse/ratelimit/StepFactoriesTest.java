// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.authentication.FormActionFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.provider.ProviderConfigProperty;

import static org.assertj.core.api.Assertions.assertThat;

/** What realms and consoles of others rely on: none of it may change by accident. */
class StepFactoriesTest {

    private static final List<Requirement> REQUIRED = List.of(Requirement.REQUIRED);
    private static final List<Requirement> ANY =
            List.of(Requirement.REQUIRED, Requirement.ALTERNATIVE, Requirement.DISABLED);
    private static final List<Requirement> ON_OR_OFF = List.of(Requirement.REQUIRED, Requirement.DISABLED);
    private static final List<String> RATES = List.of("addressRate", "nameRate");
    private static final List<String> ADDRESS_RATE = List.of("addressRate");

    static List<Arguments> steps() {
        return List.of(
                Arguments.of(
                        new LimitedUsernamePasswordFormFactory(),
                        "gatehouse-username-password-form",
                        "Username Password Form (Gatehouse)",
                        "password",
                        REQUIRED,
                        RATES),
                Arguments.of(
                        new LimitedPasswordFormFactory(),
                        "gatehouse-password-form",
                        "Password Form (Gatehouse)",
                        "password",
                        ANY,
                        RATES),
                Arguments.of(
                        new LimitedUsernameFormFactory(),
                        "gatehouse-username-form",
                        "Username Form (Gatehouse)",
                        null,
                        REQUIRED,
                        ADDRESS_RATE),
                Arguments.of(
                        new LimitedIdpUsernamePasswordFormFactory(),
                        "gatehouse-idp-username-password-form",
                        "Username Password Form for identity provider reauthentication (Gatehouse)",
                        "password",
                        REQUIRED,
                        RATES),
                Arguments.of(
                        new LimitedResetCredentialChooseUserFactory(),
                        "gatehouse-reset-choose-user",
                        "Choose User (Gatehouse)",
                        null,
                        REQUIRED,
                        ADDRESS_RATE),
                Arguments.of(
                        new PasskeyFactory(),
                        "gatehouse-passkey",
                        "Passkey (Gatehouse)",
                        "webauthn-passwordless",
                        ANY,
                        List.of()),
                Arguments.of(
                        new RateLimitStepFactory(),
                        "gatehouse-rate-limit",
                        "Rate Limit (Gatehouse)",
                        null,
                        ON_OR_OFF,
                        List.of("limit", "addressRate", "nameRate")),
                Arguments.of(
                        new LimitedValidatePasswordFactory(),
                        "gatehouse-direct-grant-password",
                        "Password (Gatehouse)",
                        "password",
                        ANY,
                        List.of()),
                Arguments.of(
                        new RegistrationRateLimitFactory(),
                        "gatehouse-registration-rate-limit",
                        "Registration Rate Limit (Gatehouse)",
                        null,
                        ON_OR_OFF,
                        ADDRESS_RATE));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void eachHasItsPlaceInTheConsole(
            StepFactory<?> factory,
            String id,
            String name,
            @Nullable String category,
            List<Requirement> choices,
            List<String> options) {
        assertThat(factory.getId()).isEqualTo(id);
        assertThat(factory.getDisplayType()).isEqualTo(name);
        assertThat(factory.getHelpText()).isNotBlank().endsWith(".");
        assertThat(factory.getReferenceCategory()).isEqualTo(category);
        assertThat(factory.getRequirementChoices()).containsExactlyElementsOf(choices);
        assertThat(factory.getConfigProperties())
                .extracting(ProviderConfigProperty::getName)
                .containsExactlyElementsOf(options);
        assertThat(factory.isConfigurable()).isEqualTo(!options.isEmpty());
        assertThat(factory.isUserSetupAllowed()).isFalse();
        assertThat(factory.getOperationalInfo()).containsOnlyKeys("version");
    }

    @ParameterizedTest
    @MethodSource("steps")
    void theDatabaseHasRoomForTheId(StepFactory<?> factory) {
        // AUTHENTICATION_EXECUTION.AUTHENTICATOR
        assertThat(factory.getId().length()).isLessThanOrEqualTo(36);
    }

    @ParameterizedTest
    @MethodSource("steps")
    void theServerFindsEach(StepFactory<?> factory) throws IOException {
        Class<?> service =
                factory instanceof AuthenticatorFactory ? AuthenticatorFactory.class : FormActionFactory.class;

        assertThat(declared(service)).contains(factory.getClass().getName());
        assertThat(declared(AuthenticatorFactory.class)).hasSize(8);
        assertThat(declared(FormActionFactory.class)).hasSize(1);
    }

    /** Read and not loaded: some of Keycloak's own need what only a server has. */
    private static List<String> declared(Class<?> service) throws IOException {
        List<String> names = new ArrayList<>();
        ClassLoader loader = StepFactory.class.getClassLoader();
        for (URL file : Collections.list(loader.getResources("META-INF/services/" + service.getName()))) {
            try (InputStream in = file.openStream()) {
                new String(in.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> line.startsWith(StepFactory.class.getPackageName()))
                        .forEach(names::add);
            }
        }
        return names;
    }

    @Test
    void eachKindRemembersItsOwnWarningsOnly() {
        StepFactory<?> factory = new RateLimitStepFactory();

        assertThat(factory.rates()).isSameAs(factory.rates());
        assertThat(factory.rates()).isNotSameAs(new RateLimitStepFactory().rates());
    }
}
