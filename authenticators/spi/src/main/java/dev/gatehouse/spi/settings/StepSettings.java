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
        LOG.warnf("%s refuses to work: %s", place(realm, execution), sentences(settings));
        return Optional.empty();
    }

    /**
     * As {@link #read}, for a step that must work whatever is set: a value that is not accepted counts as not set.
     *
     * @param told what the operator was told before: each wrong value is told once
     */
    public static Settings readLeniently(
            RealmModel realm, AuthenticationExecutionModel execution, List<Setting<?>> declared, ToldProblems told) {
        Map<String, String> given = configuration(realm, execution);
        Settings settings = Settings.read(declared, given::get);
        if (!settings.problems().isEmpty()) {
            String sentence = place(realm, execution) + " works without what is set wrong: " + sentences(settings);
            if (told.isNew(sentence)) {
                LOG.warn(sentence);
            }
        }
        return settings;
    }

    private static String place(RealmModel realm, AuthenticationExecutionModel execution) {
        return "Step " + execution.getAuthenticator() + " of flow \"" + flowAlias(realm, execution) + "\" in realm "
                + realm.getName();
    }

    private static String sentences(Settings settings) {
        return settings.problems().stream().map(Settings.Problem::sentence).collect(Collectors.joining("; "));
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
