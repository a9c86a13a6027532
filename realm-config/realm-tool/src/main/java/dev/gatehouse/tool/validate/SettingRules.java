// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.gatehouse.core.settings.Setting;
import dev.gatehouse.core.settings.Settings;

/** The pack's own settings, by their declarations. */
final class SettingRules {

    static final List<Rule> ALL = List.of(
            new Rule("realm-setting", SettingRules::attributes),
            new Rule("step-setting", SettingRules::steps),
            new Rule("provider-setting", SettingRules::providers));

    /** The pack's realm attributes are called so. */
    private static final String OURS = "gatehouse.";

    /** How authenticators say what stands in the claim amr; Keycloak's own, for every step. */
    private static final String REFERENCE = "default.reference.";

    private SettingRules() {}

    private static void attributes(Subject subject, Findings findings) {
        List<Setting<?>> declared = subject.declared().attributes();
        Set<String> keys = keys(declared);
        subject.realm()
                .at("attributes")
                .members()
                .forEach((name, attribute) -> findings.errorIf(
                        name.startsWith(OURS) && !keys.contains(name),
                        attribute,
                        "the pack knows no such setting; is it misspelt?"));
        values(subject.realm().at("attributes"), declared, findings);
    }

    private static void steps(Subject subject, Findings findings) {
        Map<String, List<Setting<?>>> providers = subject.declared().providers();
        for (Place flow : Flows.of(subject).all()) {
            for (Place step : flow.each("authenticationExecutions")) {
                List<Setting<?>> declared = providers.get(step.text("authenticator"));
                String alias = step.text("authenticatorConfig");
                if (declared != null && !alias.isEmpty()) {
                    subject.realm().each("authenticatorConfig").stream()
                            .filter(config -> config.text("alias").equals(alias))
                            .forEach(config ->
                                    check(config.at("config"), declared, step.text("authenticator"), findings));
                }
            }
        }
    }

    private static void check(Place config, List<Setting<?>> declared, String step, Findings findings) {
        Set<String> keys = keys(declared);
        config.members()
                .forEach((name, option) -> findings.errorIf(
                        !name.startsWith(REFERENCE) && !keys.contains(name),
                        option,
                        "the step " + step + " has no such option"));
        values(config, declared, findings);
    }

    /** Mappers and executors have options of the server's beside those of the pack. */
    private static void providers(Subject subject, Findings findings) {
        subject.realm().all().forEach(place -> {
            provider(subject, place, "protocolMapper", "config", findings);
            provider(subject, place, "identityProviderMapper", "config", findings);
            provider(subject, place, "executor", "configuration", findings);
        });
    }

    private static void provider(Subject subject, Place place, String id, String config, Findings findings) {
        List<Setting<?>> declared = subject.declared().providers().get(place.text(id));
        if (declared != null) {
            values(place.at(config), declared, findings);
        }
    }

    private static void values(Place config, List<Setting<?>> declared, Findings findings) {
        for (Settings.Problem problem : Settings.read(declared, config::text).problems()) {
            findings.error(config.at(problem.key()), "is \"" + problem.value() + "\" but must be " + problem.range());
        }
    }

    private static Set<String> keys(List<Setting<?>> declared) {
        return declared.stream().map(Setting::key).collect(Collectors.toSet());
    }
}
