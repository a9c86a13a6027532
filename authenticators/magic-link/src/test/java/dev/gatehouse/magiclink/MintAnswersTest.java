// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import dev.gatehouse.spi.fake.FakeRealm;
import dev.gatehouse.spi.limit.Verdict;
import jakarta.ws.rs.core.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class MintAnswersTest {

    private final FakeRealm realm = new FakeRealm("realm-1", "a \"b\\c\u00e9");

    @Test
    void aLinkIsToldWithItsEndAndKeptByNobody() {
        Response answer =
                MintAnswers.minted(URI.create("https://id.example.org/x?t=y"), Instant.parse("2026-11-24T12:00:00Z"));

        assertThat(answer.getStatus()).isEqualTo(201);
        assertThat(answer.getEntity())
                .isEqualTo(Map.of("link", "https://id.example.org/x?t=y", "expiresAt", "2026-11-24T12:00:00Z"));
        assertThat(answer.getHeaderString("Cache-Control")).isEqualTo("no-store");
    }

    @ParameterizedTest
    @EnumSource
    void errorsHaveOneShapeAndTheirOwnStatus(MintError error) {
        Response answer = MintAnswers.refused(realm.model(), error.because("A sentence"));

        assertThat(answer.getStatus()).isEqualTo(error.status().getStatusCode());
        assertThat(answer.getEntity()).isEqualTo(Map.of("error", error.code(), "error_description", "A sentence"));
        assertThat(answer.getHeaderString("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.getHeaderString("WWW-Authenticate"))
                .isEqualTo(
                        switch (error) {
                            case MISSING_TOKEN -> "Bearer realm=\"a ?b?c?\"";
                            case INVALID_TOKEN, INSUFFICIENT_SCOPE ->
                                "Bearer realm=\"a ?b?c?\", error=\"" + error.code()
                                        + "\", error_description=\"A sentence\"";
                            default -> null;
                        });
    }

    @Test
    void whoAskedForTooManyMailsIsToldHowLongToWait() {
        Response answer =
                MintAnswers.limited(new Verdict(Verdict.Outcome.REFUSED, "send-name", Duration.ofSeconds(61), null));

        assertThat(answer.getStatus()).isEqualTo(429);
        assertThat(answer.getHeaderString("Retry-After")).isEqualTo("61");
        assertThat(answer.getHeaderString("Cache-Control")).isEqualTo("no-store");
    }
}
