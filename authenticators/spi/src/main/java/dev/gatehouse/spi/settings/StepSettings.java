// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.gatehouse.core.settings.Setting;
import dev.gatehouse.core.settings.Settings;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.RealmModel;

/** Reads what an admin set for one step of a flow. */
public final class StepSettings {

    private static final Logger LOG = Logger.getLogger(StepSettings.class);

    private StepSettings() {}

    /**
     * The settings of {@code execution}; empty if a value is there that is not accepted. A step without its settings
     * must not work: the caller fails closed. What is wrong is told to the operator in one line.
     */
    public static Optional<Settings> read(
            RealmModel realm, AuthenticationExecutionModel execution, List<Setting<?>> declared) {
        Map<String, String> given = configuration(realm, execution);
        Settings settings = Settings.read(declared, given::get);
        if (settings.problems().isEmpty()) {
            return Optional.of(settings);
        }
        LOG.warnf(
                "Step %s of flow \"%s\" in realm %s refuses to work: %s",
                execution.getAuthenticator(),
                flowAlias(realm, execution),
                realm.getName(),
                settings.problems().stream().map(Settings.Problem::sentence).collect(Collectors.joining("; ")));
        return Optional.empty();
    }

    private static Map<String, String> configuration(RealmModel realm, AuthenticationExecutionModel execution) {
        @Nullable String id = execution.getAuthenticatorConfig();
        @Nullable AuthenticatorConfigModel model = id == null ? null : realm.getAuthenticatorConfigById(id);
        return model == null || model.getConfig() == null ? Map.of() : model.getConfig();
    }

    private static String flowAlias(RealmModel realm, AuthenticationExecutionModel execution) {
        @Nullable AuthenticationFlowModel flow = realm.getAuthenticationFlowById(execution.getParentFlow());
        return flow == null ? "?" : flow.getAlias();
    }
}
