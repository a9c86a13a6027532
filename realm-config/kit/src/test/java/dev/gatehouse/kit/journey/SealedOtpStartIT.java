// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.gatehouse.kit.browser.Page;
import dev.gatehouse.kit.mail.MailServer;
import dev.gatehouse.kit.server.Build;
import dev.gatehouse.kit.server.Distribution;
import dev.gatehouse.kit.server.NeedsPostgres;
import dev.gatehouse.kit.server.Postgres;
import dev.gatehouse.kit.server.RunningServer;
import dev.gatehouse.kit.server.ServerSettings;
import dev.gatehouse.kit.server.StartFailure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.models.utils.Base32;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * One database from its first day without a key to the day when the jar is taken away. Each journey goes on where the one
 * before it ended, as an operator would.
 */
@ExtendWith(NeedsPostgres.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SealedOtpStartIT {

    private static final String SEALER = "spi-gatehouse-sealer--gatehouse-key-ring--";

    private final MailServer mail = MailServer.start();
    private final Distribution distribution =
            Distribution.prepareForPostgres(Build.target().resolve("keycloak-sealing"), step -> {});
    private final Postgres database = Postgres.start("sealing");
    private final KeyRingFile ring =
            KeyRingFile.at(Build.target().resolve("rings/own")).holds("k1");
    private Person pat = new Person("", "", "", "");
    private Totp totp = Totp.of("");
    private String adminPassword = "";
    private String envelope = "";
    private Person root = pat;
    private Totp ofRoot = totp;

    @AfterAll
    void nothingIsLeft() {
        mail.close();
        database.close();
    }

    private RunningServer started(boolean importRealm, String... options) throws StartFailure {
        List<String> all = new ArrayList<>(ServerSettings.BEHIND_A_PROXY);
        all.addAll(database.options());
        all.addAll(List.of(options));
        return distribution.start(new ServerSettings(0, Gatehouse.environment(mail), importRealm, all), step -> {});
    }

    /** What happens on a server with these options, which has nothing to complain about. */
    private void on(Consumer<Gatehouse> journey, String... options) throws Exception {
        try (RunningServer server = started(false, options)) {
            journey.accept(new Gatehouse(mail, server, adminPassword));
            assertQuiet(Files.readString(server.log()));
        }
    }

    private static void assertQuiet(String log) {
        assertThat(log.lines()).noneMatch(line -> line.contains(" ERROR ") || line.matches(".* WARN +\\[dev\\.gate.*"));
    }

    private static SecondFactor second(Gatehouse gatehouse) {
        return new SecondFactor(gatehouse, Machine.create(gatehouse));
    }

    private StoredDevice stored() {
        return StoredDevice.of(database.stored(), pat);
    }

    /** A sign-in to the realm that needs nothing of ours. */
    private Page asRoot(Gatehouse gatehouse, String code) {
        return SecondFactor.grant(URI.create(gatehouse.server().url() + "/realms/master"), root, code);
    }

    private StartFailure refused(String... options) {
        StartFailure failure = catchThrowableOfType(
                StartFailure.class, () -> started(false, options).close());
        assertThat(failure).as("the server must not start").isNotNull();
        assertThat(failure.log()).doesNotContain("\tat ");
        return failure;
    }

    private void run(String... arguments) {
        distribution.run(Stream.concat(Arrays.stream(arguments), database.options().stream())
                .toArray(String[]::new));
    }

    @Test
    @Order(1)
    void withoutAKeyEverythingIsAsKeycloakDoesIt() throws Exception {
        try (RunningServer server = started(true)) {
            adminPassword = server.adminPassword();
            Gatehouse gatehouse = new Gatehouse(mail, server);
            pat = gatehouse.aPerson().create();
            totp = Totp.of(gatehouse.realm(), pat);
            SecondFactor second = second(gatehouse);

            assertThat(stored().value()).isEqualTo(new String(totp.secret(), StandardCharsets.UTF_8));
            assertThat(stored().detail("secretEncoding")).isEqualTo("null");
            second.assertOpens(pat, totp.earlierCode());
            App app = gatehouse.app();
            Outcome.assertSignedIn(app, SecondFactor.type(second.page(app, pat), totp.code()), pat);
            assertThat(second.grant(pat, totp.code()).status()).as("once more").isEqualTo(SecondFactor.REFUSED);
            assertThat(second.grant(pat, totp.wrong(1)).status()).isEqualTo(SecondFactor.REFUSED);
            assertThat(database.stored().rows("select * from GATEHOUSE_USED_KEY"))
                    .isEmpty();
            String log = Files.readString(server.log());
            assertQuiet(log);
            assertThat(log.lines().filter(line -> line.contains("No key ring is set")))
                    .hasSize(1);
        }
    }

    @Test
    @Order(2)
    void aRingThatCannotBeReadStopsTheServerThoughNothingIsSealed() {
        assertThat(refused("--" + SEALER + "file=/nowhere/ring"))
                .hasMessageContaining("Gatehouse: the key ring /nowhere/ring: there is no such file");
    }

    @Test
    @Order(3)
    void withAKeyTheNextRightCodeSealsWhatIsThere() throws Exception {
        on(
                gatehouse -> {
                    SecondFactor second = second(gatehouse);
                    assertThat(second.grant(pat, totp.wrong(1)).status()).isEqualTo(SecondFactor.REFUSED);
                    assertThat(stored().value()).doesNotStartWith("v1.");
                    second.assertOpens(pat, totp.code());
                    envelope = stored().value();
                    assertThat(envelope).startsWith("v1.k1.");
                    assertThat(stored().detail("secretEncoding")).isEqualTo(StoredDevice.MARK);

                    RealmResource master = gatehouse.admin().realm("master");
                    root = new PersonBuilder(master).create();
                    ofRoot = Totp.of(master, root);
                    assertThat(asRoot(gatehouse, ofRoot.code()).status()).isEqualTo(200);
                },
                ring.option());
    }

    @Test
    @Order(4)
    void withoutTheOptionTheServerDoesNotStartAnyMore() {
        assertThat(refused())
                .hasMessageContaining("Gatehouse: secrets are sealed with k1, but neither " + SEALER + "file nor "
                        + SEALER + "variable is set");
    }

    @Test
    @Order(5)
    void withoutTheKeyTheServerDoesNotStart() {
        ring.holds("k2");

        assertThat(refused(ring.option())).hasMessageContaining("lacks the key k1, with which secrets are sealed");
    }

    @Test
    @Order(6)
    void withAnotherKeyByTheSameNameTheServerDoesNotStart() {
        ring.holdsAnotherAs("k1");

        assertThat(refused(ring.option())).hasMessageContaining("has another key by the name of k1");
    }

    @Test
    @Order(7)
    void whoHasLostTheKeysCanStillExportAndRescue() throws Exception {
        Path export = distribution.home().resolveSibling("export.json");
        run("export", "--optimized", "--realm", "gatehouse", "--users", "same_file", "--file", export.toString());
        assertThat(Files.readString(export).contains(envelope))
                .as("sealed, as it is")
                .isTrue();
        Files.delete(export);

        // The secret is in a variable; which one is all the same here.
        run("bootstrap-admin", "service", "--optimized", "--client-id=rescue", "--client-secret:env=JAVA_HOME");
        assertThat(database.stored().rows("select ID from CLIENT where CLIENT_ID = 'rescue'"))
                .hasSize(1);
    }

    @Test
    @Order(8)
    void withTheKeyAgainTheDeviceWorksAndWhereOnlySealedOnesAreAcceptedAPlainOneDoesNot() throws Exception {
        ring.holds("k1");
        try (RunningServer server =
                started(false, ring.option(), "--spi-credential--keycloak-otp--accept-plaintext=false")) {
            Gatehouse gatehouse = new Gatehouse(mail, server, adminPassword);
            SecondFactor second = second(gatehouse);
            second.assertOpens(pat, totp.code());
            Person quinn = gatehouse.aPerson().create();
            Totp known = Totp.of(gatehouse.realm(), quinn);
            StoredDevice row = StoredDevice.of(database.stored(), quinn);
            row.setValue("abcdefghij0123456789");
            row.removeDetail("secretEncoding");
            gatehouse.realm().clearUserCache();

            second.assertShut(quinn, Totp.of("abcdefghij0123456789").code());
            second.assertShut(quinn, known.code());
        }
    }

    @Test
    @Order(9)
    void ofTheOptionsForKeysOnlyOneCanBeSet() {
        assertThat(refused(ring.option(), "--" + SEALER + "variable=RING"))
                .hasMessageContaining(
                        "Gatehouse: only one of these can be set: " + SEALER + "file, " + SEALER + "variable");
    }

    @Test
    @Order(10)
    void withoutTheJarNobodyGetsInByASealedDevice() throws Exception {
        Files.delete(distribution.home().resolve("providers/gatehouse.jar"));
        distribution.rebuild();
        try (RunningServer server = started(false)) {
            Gatehouse gatehouse = new Gatehouse(mail, server, adminPassword);
            String sealed = StoredDevice.of(database.stored(), root).value();
            assertThat(sealed).startsWith("v1.k1.");
            for (String code : List.of(
                    ofRoot.earlierCode(),
                    ofRoot.code(),
                    ofRoot.nextCode(),
                    Totp.of(sealed).code(),
                    Totp.of(Base32.decode(sealed)).code(),
                    "")) {
                Page answer = asRoot(gatehouse, code);
                assertThat(answer.status()).as(answer.html()).isGreaterThanOrEqualTo(400);
                assertThat(answer.html()).doesNotContain("access_token");
            }
            gatehouse
                    .admin()
                    .realm("master")
                    .users()
                    .get(root.id())
                    .removeCredential(StoredDevice.of(database.stored(), root).id());
            assertThat(asRoot(gatehouse, "").status())
                    .as("when an administrator has removed the device")
                    .isEqualTo(200);
        }
    }
}
