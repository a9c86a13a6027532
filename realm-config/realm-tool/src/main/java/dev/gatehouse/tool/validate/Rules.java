// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** All rules. */
final class Rules {

    static final List<Rule> ALL = Stream.of(
                    SyntaxRules.ALL,
                    SecretRules.ALL,
                    ProviderRules.ALL,
                    FlowRules.ALL,
                    BindingRules.ALL,
                    ReferenceRules.ALL,
                    SettingRules.ALL,
                    RealmRules.ALL,
                    LifetimeRules.ALL,
                    AlgorithmRules.ALL,
                    ClientRules.ALL,
                    BrokerRules.ALL)
            .flatMap(List::stream)
            .toList();

    private Rules() {}

    /** What is wrong with a realm: errors first, then in the order of the rules. */
    static List<Finding> check(Subject subject) {
        List<Finding> findings = new ArrayList<>();
        ALL.forEach(rule -> findings.addAll(rule.on(subject)));
        findings.sort(Comparator.comparing(Finding::severity));
        return findings;
    }
}
