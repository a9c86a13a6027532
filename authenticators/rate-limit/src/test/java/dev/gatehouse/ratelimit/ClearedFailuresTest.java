// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.core.limit.StoreUnavailableException;
import dev.gatehouse.spi.fake.CapturedLog;
import dev.gatehouse.spi.fake.Stub;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.UriInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ClearedFailuresTest {

    private static final String USERS = "/admin/realms/shop/attack-detection/brute-force/users";

    private final Door door = new Door();

    private void answers(String method, String path, int status) {
        UriInfo uri = Stub.of(UriInfo.class).is("getPath", path).get();
        ContainerRequestContext request = Stub.of(ContainerRequestContext.class)
                .is("getMethod", method)
                .is("getUriInfo", uri)
                .get();
        ContainerResponseContext response =
                Stub.of(ContainerResponseContext.class).is("getStatus", status).get();
        new ClearedFailures(door.server.request(door.realm).model()).filter(request, response);
    }

    @Test
    void theLimitsOfAUserAreClearedWithTheFailures() {
        answers("DELETE", USERS + "/user-alice", 204);

        assertThat(door.limiter.cleared()).containsExactly("shop/alice");
    }

    @ParameterizedTest
    @ValueSource(strings = {USERS, USERS + "/", "auth" + USERS})
    void theLimitsOfARealmAreClearedWithTheFailures(String path) {
        answers("DELETE", path, 204);

        assertThat(door.limiter.cleared()).containsExactly("shop");
    }

    @ParameterizedTest
    @CsvSource({"DELETE,401", "DELETE,403", "DELETE,404", "DELETE,500", "GET,200", "GET,204", "POST,204"})
    void aCallThatClearedNothingClearsNothing(String method, int status) {
        answers(method, USERS + "/user-alice", status);
        answers(method, USERS, status);

        assertThat(door.limiter.cleared()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin/realms/shop/users/user-alice",
                "/admin/realms/shop",
                "/realms/shop/attack-detection/brute-force/users",
                "/admin/realms/shop/attack-detection/brute-force",
                "/admin/realms/shop/attack-detection/brute-force/users/user-alice/more",
                "/admin/realms/attack-detection/brute-force/users"
            })
    void otherCallsClearNothing(String path) {
        answers("DELETE", path, 204);

        assertThat(door.limiter.cleared()).isEmpty();
    }

    @Test
    void aUserWhoIsNotThereHasNothingToClear() {
        answers("DELETE", USERS + "/gone", 204);

        assertThat(door.limiter.cleared()).isEmpty();
    }

    @Test
    void aStoreThatIsAwayDoesNotBreakTheCallOfTheAdmin() {
        door.limiter.breaks(new StoreUnavailableException("frozen", new IllegalStateException()));

        try (CapturedLog log = new CapturedLog(ClearedFailures.class)) {
            answers("DELETE", USERS, 204);
            assertThat(log.warnings()).singleElement().asString().contains("realm shop", "frozen");
        }
    }
}
