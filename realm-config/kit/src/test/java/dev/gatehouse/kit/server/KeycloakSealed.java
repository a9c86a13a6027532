// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.server;

import java.util.List;

import dev.gatehouse.kit.journey.SealedGatehouse;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Gives journeys a {@link SealedGatehouse}. Where there can be none, the journeys are not run. */
public final class KeycloakSealed extends SharedSystem implements ExecutionCondition {

    /** JUnit makes it. */
    public KeycloakSealed() {
        super(SealedGatehouse.class, SealedGatehouse::start, List.of(KeycloakServer.ON_ANOTHER_VERSION));
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return new NeedsPostgres().evaluateExecutionCondition(context);
    }
}
