// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import dev.gatehouse.core.time.MovedTime;
import dev.gatehouse.spi.fake.FakeRealm;
import dev.gatehouse.spi.fake.FakeServer;
import dev.gatehouse.spi.fake.FakeUser;
import dev.gatehouse.spi.fake.Stub;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.RoleContainerModel;
import org.keycloak.models.RoleModel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class MintAccountsTest {

    private final FakeServer server = new FakeServer(new MovedTime());
    private FakeRealm realm = new FakeRealm("realm-1", "shop");
    private boolean admins;

    private FakeUser kim() {
        server.with(realm);
        return server.with(realm, new FakeUser("user-kim", "kim", "kim@example.org"));
    }

    private MintAccounts accounts() {
        return new MintAccounts(
                server.request(realm).model(),
                realm.model(),
                new MintSettings(Set.of("app"), Duration.ofMinutes(15), admins));
    }

    private static MintRequest request(@Nullable String email, @Nullable String userId) {
        return new MintRequest(email, userId, "app", "https://app.example.org/", Optional.empty(), false);
    }

    private String refused(MintRequest request) {
        MintRefused refused =
                catchThrowableOfType(MintRefused.class, () -> accounts().of(request));
        assertThat(refused).isNotNull();
        return refused.error().code() + ": " + refused.description();
    }

    @ParameterizedTest
    @CsvSource({"kim@example.org,", "' KIM@Example.ORG ',", ",user-kim"})
    void anAccountIsFoundByItsAddressOrItsId(String email, String userId) throws Exception {
        FakeUser kim = kim();

        assertThat(accounts().of(request(email, userId))).isSameAs(kim.model());
    }

    @ParameterizedTest
    @CsvSource({"lee@example.org,", "kim,", "'\"kim\"@example.org',", "kim@example.org@example.org,", ",user-lee"})
    void whoIsNotThereIsNotFound(String email, String userId) {
        kim();

        assertThat(refused(request(email, userId))).startsWith("user_not_found: ");
    }

    @Test
    void anAddressThatSeveralAccountsHaveIsNobodys() {
        kim();
        server.users().on("getUserByEmail", call -> {
            throw new ModelDuplicateException("two");
        });

        assertThat(refused(request("kim@example.org", null))).startsWith("user_not_found: ");
    }

    @Test
    void whoCannotSignInByALinkIsNamedWithTheReason() {
        FakeUser kim = kim();
        MintRequest byId = request(null, "user-kim");

        kim.email(null);
        assertThat(refused(byId)).isEqualTo("user_not_usable: The account has no mail address");
        kim.email("kim@example.org").serviceAccountOf("client");
        assertThat(refused(byId)).contains("service account");
    }

    @Test
    void anUnverifiedAddressDoesNotMatterBecauseTheLinkSaysNothingAboutIt() throws Exception {
        FakeUser kim = kim().unverified();

        assertThat(accounts().of(request(null, "user-kim"))).isSameAs(kim.model());
    }

    @Test
    void disabledIsDisabled() {
        kim().disabled();

        assertThat(refused(request("kim@example.org", null))).isEqualTo("user_not_usable: The account is disabled");
    }

    @ParameterizedTest
    @CsvSource({
        // realm, client of the role (none: of the realm), role, an administrator's
        "shop, realm-management, view-users, true",
        "shop, realm-management, query-clients, true",
        "shop, account, manage-account, false",
        "shop, some-realm, manage-users, false",
        "shop, , admin, false",
        "shop, , create-realm, false",
        "shop, , gatehouse-mint-links, true",
        "shop, , customer, false",
        "master, , admin, true",
        "master, , create-realm, true",
        "master, shop-realm, view-users, true",
        "master, master-realm, manage-realm, true",
        "master, broker, read-token, false",
        "master, , gatehouse-mint-links, true"
    })
    void administratorsAreKnownByTheirRoles(
            String realmName, @Nullable String client, String role, boolean administrator) throws Exception {
        realm = new FakeRealm("realm-1", realmName);
        FakeUser kim = kim();
        RoleContainerModel container = client == null ? realm.model() : realm.client("uuid-" + client, client, null);
        kim.role(role(role, container));

        if (administrator) {
            assertThat(refused(request(null, "user-kim"))).startsWith("user_not_allowed: ");
        } else {
            assertThat(accounts().of(request(null, "user-kim"))).isSameAs(kim.model());
        }
        admins = true;
        assertThat(accounts().of(request(null, "user-kim"))).isSameAs(kim.model());
    }

    @Test
    void aRoleInsideOfARoleCounts() {
        FakeUser kim = kim();
        RoleModel inner = role("view-users", realm.client("uuid", "realm-management", null));
        kim.role(composite("helper", inner));

        assertThat(refused(request(null, "user-kim"))).startsWith("user_not_allowed: ");
    }

    private static RoleModel role(String name, RoleContainerModel container) {
        return Stub.of(RoleModel.class)
                .is("getName", name)
                .is("getContainer", container)
                .on("getCompositesStream", call -> Stream.empty())
                .get();
    }

    private RoleModel composite(String name, RoleModel inner) {
        return Stub.of(RoleModel.class)
                .is("getName", name)
                .is("getContainer", realm.model())
                .on("getCompositesStream", call -> Stream.of(inner))
                .get();
    }
}
