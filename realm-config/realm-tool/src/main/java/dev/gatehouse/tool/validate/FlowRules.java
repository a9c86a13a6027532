// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Flows that can be imported, and run as they read. The server's own are left out: nobody can change them. */
final class FlowRules {

    static final List<Rule> ALL = List.of(
            new Rule("flow-alias", FlowRules::aliases),
            new Rule("flow-kind", FlowRules::kinds),
            new Rule("sub-flow", FlowRules::subFlows),
            new Rule("flow-cycle", FlowRules::cycles),
            new Rule("orphan-flow", FlowRules::orphans),
            new Rule("requirement", FlowRules::requirements),
            new Rule("alternative-beside-required", FlowRules::alternatives),
            new Rule("step-config", FlowRules::configs));

    private static final Set<String> TOP_KINDS = Set.of("basic-flow", "client-flow");
    private static final Set<String> SUB_KINDS = Set.of("basic-flow", "form-flow", "client-flow");
    private static final Set<String> REQUIREMENTS = Set.of("REQUIRED", "CONDITIONAL", "ALTERNATIVE", "DISABLED");

    private FlowRules() {}

    private static void aliases(Subject subject, Findings findings) {
        twice(Flows.of(subject).all(), findings);
        twice(subject.realm().each("authenticatorConfig"), findings);
    }

    private static void twice(List<Place> named, Findings findings) {
        Set<String> seen = new HashSet<>();
        for (Place place : named) {
            String alias = place.text("alias");
            findings.errorIf(alias.isEmpty(), place.at("alias"), "is missing");
            findings.errorIf(
                    !alias.isEmpty() && !seen.add(alias), place.at("alias"), "\"" + alias + "\" is there twice");
        }
    }

    private static void kinds(Subject subject, Findings findings) {
        for (Place flow : Flows.of(subject).own()) {
            Set<String> kinds = flow.is("topLevel") ? TOP_KINDS : SUB_KINDS;
            findings.errorIf(
                    !kinds.contains(flow.text("providerId")),
                    flow.at("providerId"),
                    "must be one of "
                            + String.join(", ", kinds.stream().sorted().toList()));
        }
    }

    private static void subFlows(Subject subject, Findings findings) {
        Flows flows = Flows.of(subject);
        for (Place flow : flows.own()) {
            for (Place step : flow.each("authenticationExecutions")) {
                Place alias = step.at("flowAlias");
                if (!step.is("authenticatorFlow") && !alias.exists()) {
                    findings.errorIf(step.text("authenticator").isEmpty(), step, "is neither a step nor a flow");
                } else if (flows.find(alias.text()).isEmpty()) {
                    findings.error(alias, "there is no flow \"" + alias.text() + "\"");
                } else if (flows.find(alias.text()).get().is("topLevel")) {
                    findings.error(
                            alias, "\"" + alias.text() + "\" is a top-level flow, which cannot be part of another");
                }
            }
        }
    }

    private static void cycles(Subject subject, Findings findings) {
        Flows flows = Flows.of(subject);
        for (Place flow : flows.own()) {
            Deque<String> next = new ArrayDeque<>(flows.children(flow.text("alias")));
            Set<String> seen = new HashSet<>();
            while (!next.isEmpty()) {
                String alias = next.pop();
                if (alias.equals(flow.text("alias"))) {
                    findings.error(flow, "comes back to itself");
                    break;
                }
                if (seen.add(alias)) {
                    next.addAll(flows.children(alias));
                }
            }
        }
    }

    private static void orphans(Subject subject, Findings findings) {
        Flows flows = Flows.of(subject);
        Set<String> used = new HashSet<>();
        flows.all().forEach(flow -> used.addAll(flows.children(flow.text("alias"))));
        for (Place flow : flows.own()) {
            findings.errorIf(
                    !flow.is("topLevel") && !used.contains(flow.text("alias")),
                    flow,
                    "is part of no flow, and no top-level flow itself");
        }
    }

    private static void requirements(Subject subject, Findings findings) {
        for (Place flow : Flows.of(subject).own()) {
            for (Place step : flow.each("authenticationExecutions")) {
                Place requirement = step.at("requirement");
                findings.errorIf(
                        !REQUIREMENTS.contains(requirement.text()),
                        requirement,
                        "must be REQUIRED, CONDITIONAL, ALTERNATIVE or DISABLED");
                findings.errorIf(
                        requirement.text().equals("CONDITIONAL") && !step.has("flowAlias"),
                        requirement,
                        "only a flow can be CONDITIONAL");
            }
        }
    }

    private static void alternatives(Subject subject, Findings findings) {
        for (Place flow : Flows.of(subject).own()) {
            List<Place> steps = flow.each("authenticationExecutions");
            boolean isForced = steps.stream()
                    // Conditions are asked before, and do not take part.
                    .filter(step -> !step.text("authenticator").startsWith("conditional-"))
                    .anyMatch(step -> Set.of("REQUIRED", "CONDITIONAL").contains(step.text("requirement")));
            for (Place step : steps) {
                findings.errorIf(
                        isForced && step.text("requirement").equals("ALTERNATIVE"),
                        step.at("requirement"),
                        "an ALTERNATIVE beside a REQUIRED or CONDITIONAL one is never run; put the alternatives into a flow of their own");
            }
        }
    }

    private static void configs(Subject subject, Findings findings) {
        Flows flows = Flows.of(subject);
        List<Place> configs = subject.realm().each("authenticatorConfig");
        List<String> aliases =
                configs.stream().map(config -> config.text("alias")).toList();
        Set<String> used = new HashSet<>();
        for (Place flow : flows.all()) {
            for (Place step : flow.each("authenticationExecutions")) {
                Place config = step.at("authenticatorConfig");
                if (config.exists()) {
                    used.add(config.text());
                    findings.errorIf(
                            !aliases.contains(config.text()),
                            config,
                            "there is no configuration \"" + config.text() + "\"");
                }
            }
        }
        for (Place config : configs) {
            findings.warningIf(!used.contains(config.text("alias")), config, "is the configuration of no step");
        }
    }
}
