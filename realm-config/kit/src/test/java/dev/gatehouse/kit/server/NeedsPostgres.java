// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.server;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Journeys on a distribution with a {@link Postgres} are not run where there can be none. */
public final class NeedsPostgres implements ExecutionCondition {

    /** JUnit makes it. */
    public NeedsPostgres() {}

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (!ServerRuntime.nameOfChosen().equals("distribution")) {
            return ConditionEvaluationResult.disabled(
                    "it needs a distribution, and gatehouse.server is " + ServerRuntime.nameOfChosen());
        }
        return Postgres.runsHere()
                ? ConditionEvaluationResult.enabled("a PostgreSQL runs here")
                : ConditionEvaluationResult.disabled("there is no PostgreSQL for this kind of machine");
    }
}
