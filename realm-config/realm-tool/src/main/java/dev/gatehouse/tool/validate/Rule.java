// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import java.util.List;
import java.util.function.BiConsumer;

/**
 * One thing that a realm has to keep to.
 *
 * @param name in kebab case, as findings show it
 */
record Rule(String name, BiConsumer<Subject, Findings> check) {

    List<Finding> on(Subject subject) {
        Findings findings = new Findings(name);
        check.accept(subject, findings);
        return findings.all();
    }
}
