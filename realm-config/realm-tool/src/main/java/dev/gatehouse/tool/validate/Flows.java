// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import java.util.List;
import java.util.Optional;

/**
 * The flows of a realm.
 *
 * @param all in the order in which they are written
 */
record Flows(List<Place> all) {

    static Flows of(Subject subject) {
        return new Flows(subject.realm().each("authenticationFlows"));
    }

    /** All but those that every realm has. */
    List<Place> own() {
        return all.stream().filter(flow -> !flow.is("builtIn")).toList();
    }

    Optional<Place> find(String alias) {
        return all.stream().filter(flow -> flow.text("alias").equals(alias)).findFirst();
    }

    /** The flows that are parts of another; none where there is no such flow. */
    List<String> children(String alias) {
        return find(alias).stream()
                .flatMap(flow -> flow.each("authenticationExecutions").stream())
                .map(step -> step.text("flowAlias"))
                .filter(child -> !child.isEmpty())
                .toList();
    }
}
