// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.server;

import java.util.List;

import dev.gatehouse.kit.journey.GatehouseCluster;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives journeys a {@link GatehouseCluster}: what {@link KeycloakServer} gives, with two nodes on one PostgreSQL.
 *
 * <p>A journey may kill and freeze nodes and need not put things right: after it, all nodes run and know each other
 * again. Where there can be no such cluster, the journeys are not run.
 */
public final class KeycloakCluster extends SharedSystem implements ExecutionCondition {

    /** JGroups says so whenever nodes meet and part: it closes connections without the goodbye that TLS expects. */
    private static final String NO_GOODBYE = "\\[org\\.jgroups\\.protocols\\.TCP] .* failed sending graceful close to";

    /** JUnit makes it. */
    public KeycloakCluster() {
        super(GatehouseCluster.class, GatehouseCluster::start, List.of(KeycloakServer.ON_ANOTHER_VERSION, NO_GOODBYE));
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return new NeedsPostgres().evaluateExecutionCondition(context);
    }
}
