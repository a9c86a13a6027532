// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.verifier;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.spi.ToolProvider;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class DependencyTest {

    @Test
    void needsNothingButTheBaseOfTheRuntime() {
        StringWriter report = new StringWriter();
        int status = ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(
                        new PrintWriter(report, true),
                        new PrintWriter(report, true),
                        "--multi-release",
                        "17",
                        "-s",
                        "-filter:none",
                        "--ignore-missing-deps",
                        "-R",
                        "target/classes");

        assertThat(status).as(report.toString()).isZero();
        assertThat(report.toString().lines().filter(line -> line.contains("->")))
                .allMatch(line -> line.endsWith("java.base") || line.endsWith("not found"));
    }
}
