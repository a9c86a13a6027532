// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.screen;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Runs only where a Chromium is installed. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(NeedsChromium.Condition.class)
@interface NeedsChromium {

    /** Looks for the browser where Linux distributions put it, or where CHROMIUM says. */
    final class Condition implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return executable()
                    .map(path -> ConditionEvaluationResult.enabled("Chromium is " + path))
                    .orElseGet(() -> ConditionEvaluationResult.disabled("there is no Chromium on this machine"));
        }

        static Optional<Path> executable() {
            return Stream.of(
                            Optional.ofNullable(System.getenv("CHROMIUM")),
                            Optional.of("/usr/bin/chromium"),
                            Optional.of("/usr/bin/chromium-browser"),
                            Optional.of("/usr/bin/google-chrome"))
                    .flatMap(Optional::stream)
                    .map(Path::of)
                    .filter(Files::isExecutable)
                    .findFirst();
        }
    }
}
