// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.verifier;

import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The compiler is the first to say no. Each snippet is what somebody in a hurry would write, outside this package. */
final class InsecureUseTest {

    private static final String ISSUER = "TokenVerifier.forIssuer(\"https://id.example.com/realms/a\")";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    private Path output;

    @Test
    void theIntendedUseCompiles() {
        assertThat(errors(ISSUER + ".audience(\"a\").algorithms(Algorithm.RS256).build().verify(\"\")"))
                .as("or else the others prove nothing")
                .isEmpty();
        assertThat(errors(ISSUER + ".audience(\"a\").algorithms(Algorithm.RS256, Algorithm.ES256).build()"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "new TokenVerifier()",
                "new TokenVerifier(null)",
                "TokenVerifier.forIssuer()",
                ISSUER + ".build()",
                ISSUER + ".algorithms(Algorithm.RS256).build()",
                ISSUER + ".audience(\"a\").build()",
                ISSUER + ".audience().algorithms(Algorithm.RS256)",
                ISSUER + ".audience(\"a\").algorithms().build()",
                ISSUER + ".audience(\"a\").algorithms(\"none\").build()",
                ISSUER + ".audience(\"a\").algorithms(Algorithm.NONE).build()",
                ISSUER + ".audience(\"a\").algorithms(Algorithm.HS256).build()",
                ISSUER + ".audience(\"a\").clockSkew(java.time.Duration.ZERO)",
                "new VerifierBuilder()",
                "new VerifierBuilder(\"i\", \"a\", java.util.Set.of())",
                "new VerifierBuilder.NeedsAudience(\"i\")",
                "new VerifierBuilder.NeedsAlgorithms(\"i\", \"a\")",
                "new VerifiedToken(null, null, null, null, null)",
                "new VerifiedToken()",
                "new TokenRefusedException(Refusal.MISSING, \"\")",
                "CompactJws.parse(\"a.b.c\", 10)",
            })
    void doesNotCompile(String snippet) {
        assertThat(errors(snippet)).as(snippet).isNotEmpty();
    }

    @Test
    void forgettingTheRefusalDoesNotCompile() {
        String body = "{ Object o = " + ISSUER + ".audience(\"a\").algorithms(Algorithm.RS256).build().verify(\"\"); }";
        assertThat(compile("class Snippet { void run() " + body + " }")).contains("TokenRefusedException");
    }

    private String errors(String expression) {
        return compile("class Snippet { Object run() throws Exception { return " + expression + "; } }");
    }

    private String compile(String type) {
        String code = "import dev.gatehouse.verifier.*;\n" + type;
        JavaFileObject source =
                new SimpleJavaFileObject(URI.create("string:///Snippet.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return code;
                    }
                };
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter errors = new StringWriter();
        boolean compiled = compiler.getTask(
                        errors,
                        null,
                        null,
                        List.of(
                                "-proc:none",
                                "-implicit:none",
                                "-d",
                                output.toString(),
                                "-Xlint:none",
                                "-cp",
                                "target/classes"),
                        null,
                        List.of(source))
                .call();
        return compiled ? "" : errors.toString();
    }
}
