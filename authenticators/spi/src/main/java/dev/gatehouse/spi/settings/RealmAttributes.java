// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.settings;

import java.util.List;

import dev.gatehouse.core.settings.Setting;
import dev.gatehouse.core.settings.Settings;
import org.jboss.logging.Logger;
import org.keycloak.models.RealmModel;

/** Reads settings that hold for a whole realm. Keycloak does not look at them when they are saved. */
public final class RealmAttributes {

    private static final Logger LOG = Logger.getLogger(RealmAttributes.class);

    private RealmAttributes() {}

    /**
     * The declared attributes of {@code realm}; one that is not accepted counts as not set.
     *
     * @param told what the operator was told before: each wrong value is told once
     */
    public static Settings read(RealmModel realm, List<Setting<?>> declared, ToldProblems told) {
        Settings settings = Settings.read(declared, realm::getAttribute);
        for (Settings.Problem problem : settings.problems()) {
            String sentence = "An attribute of realm " + realm.getName() + " counts as not set: " + problem.sentence();
            if (told.isNew(sentence)) {
                LOG.warn(sentence);
            }
        }
        return settings;
    }

    /** Whether a switch is on. A value that is not accepted counts as not set. */
    public static boolean isOn(RealmModel realm, Setting<Boolean> flag) {
        return Settings.read(List.of(flag), realm::getAttribute).get(flag);
    }
}
