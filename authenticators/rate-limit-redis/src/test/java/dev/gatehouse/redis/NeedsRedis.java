// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.redis;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Runs only where Redis is installed; elsewhere it says so, so that a green build does not pretend to more. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(NeedsRedis.Condition.class)
public @interface NeedsRedis {

    /** Looks for the server where Linux distributions put it. */
    final class Condition implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (RedisServer.executable().isPresent()) {
                return ConditionEvaluationResult.enabled("there is a redis-server");
            }
            String reason = "there is no redis-server on this machine";
            if (context.getTestMethod().isEmpty()) {
                System.out.println("[redis] Not run: " + context.getDisplayName() + ": " + reason);
            }
            return ConditionEvaluationResult.disabled(reason);
        }
    }
}
