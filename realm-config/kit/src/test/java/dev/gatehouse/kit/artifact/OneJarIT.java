// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.artifact;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

import dev.gatehouse.kit.server.Build;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The jar that users drop into {@code providers/}. */
class OneJarIT {

    private final Archive jar = Archive.of(Build.jar());

    @Test
    void itOffersExactlyTheProvidersThatTheDocumentsName() {
        Map<String, List<String>> offered = new TreeMap<>();
        try (ServerClasses server = ServerClasses.withTheOneJar()) {
            jar.services().forEach((type, factories) -> {
                if (!type.equals(Archive.SPI) && !type.equals(Archive.DECLARATIONS)) {
                    offered.put(
                            type,
                            factories.stream()
                                    .map(server::instance)
                                    .map(factory ->
                                            ServerClasses.call(factory, "getId").toString())
                                    .sorted()
                                    .toList());
                }
            });
        }

        assertThat(offered.values())
                .as("the longest id that Keycloak's tables hold")
                .allSatisfy(ids -> assertThat(ids).allMatch(id -> id.length() <= 36));
        assertThat(offered)
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("dev.gatehouse.spi.limit.LimiterFactory", List.of("gatehouse-limiter")),
                        Map.entry(
                                "dev.gatehouse.spi.limit.PermitStoreFactory",
                                List.of("gatehouse-infinispan", "gatehouse-single-use")),
                        Map.entry("dev.gatehouse.spi.mail.MailQueueFactory", List.of("gatehouse-mail-queue")),
                        Map.entry("dev.gatehouse.spi.pack.PackFactory", List.of("gatehouse-pack")),
                        Map.entry("dev.gatehouse.spi.seal.SecretSealerFactory", List.of("gatehouse-key-ring")),
                        Map.entry("dev.gatehouse.spi.sms.SmsSenderFactory", List.of("gatehouse-http-sms")),
                        Map.entry(
                                "org.keycloak.authentication.AuthenticatorFactory",
                                List.of(
                                        "gatehouse-direct-grant-password",
                                        "gatehouse-idp-username-password-form",
                                        "gatehouse-magic-link",
                                        "gatehouse-passkey",
                                        "gatehouse-password-form",
                                        "gatehouse-rate-limit",
                                        "gatehouse-reset-choose-user",
                                        "gatehouse-username-form",
                                        "gatehouse-username-password-form")),
                        Map.entry(
                                "org.keycloak.authentication.FormActionFactory",
                                List.of("gatehouse-registration-rate-limit")),
                        Map.entry("org.keycloak.authentication.RequiredActionFactory", List.of("CONFIGURE_TOTP")),
                        Map.entry(
                                "org.keycloak.connections.jpa.entityprovider.JpaEntityProviderFactory",
                                List.of("gatehouse")),
                        Map.entry("org.keycloak.credential.CredentialProviderFactory", List.of("keycloak-otp")),
                        Map.entry(
                                "org.keycloak.events.EventListenerProviderFactory",
                                List.of("gatehouse-device-mark", "gatehouse-first-proof")),
                        Map.entry(
                                "org.keycloak.broker.provider.IdentityProviderMapper",
                                List.of("gatehouse-checked-profile")),
                        Map.entry("org.keycloak.protocol.ProtocolMapper", List.of("gatehouse-client-id")),
                        Map.entry(
                                "org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProviderFactory",
                                List.of("gatehouse-access-token-type")),
                        Map.entry(
                                "org.keycloak.services.resource.RealmResourceProviderFactory",
                                List.of("gatehouse-magic-link"))));
    }

    @Test
    void itAddsExactlyItsOwnKindsOfProviders() {
        try (ServerClasses server = ServerClasses.withTheOneJar()) {
            assertThat(jar.services().getOrDefault(Archive.SPI, List.of()).stream()
                            .map(server::instance)
                            .map(spi -> ServerClasses.call(spi, "getName")))
                    .containsExactlyInAnyOrder(
                            "gatehouse",
                            "gatehouse-limiter",
                            "gatehouse-mail",
                            "gatehouse-permit-store",
                            "gatehouse-sealer",
                            "gatehouse-sms");
        }
    }

    @Test
    void itHoldsNothingOfAnybodyElse() {
        assertThat(jar.files().keySet())
                .allMatch(name -> name.startsWith("dev/gatehouse/")
                        || name.startsWith("theme/gatehouse/")
                        || name.startsWith("theme-resources/")
                        || name.startsWith(Archive.SERVICES)
                        || name.equals("META-INF/beans.xml")
                        || name.equals("META-INF/gatehouse-changelog.xml")
                        || name.equals("META-INF/keycloak-themes.json")
                        || name.equals("META-INF/MANIFEST.MF"));
        assertThat(jar.files().keySet())
                .noneMatch(name -> name.contains("/kit/") || name.endsWith("application.properties"));
    }

    @Test
    void itsClassesRunOnJava17() {
        jar.files().forEach((name, content) -> {
            if (name.endsWith(".class")) {
                assertThat(content[7]).as("class file version of " + name).isEqualTo((byte) 61);
            }
        });
    }

    @Test
    void itsTemplatesAreTheOnesThatTheDocumentsName() {
        assertThat(jar.files().keySet().stream()
                        .filter(name -> name.startsWith("theme-resources/templates/"))
                        .map(name -> name.substring("theme-resources/templates/".length())))
                .containsExactlyInAnyOrder(
                        "gatehouse-magic-link.ftl",
                        "gatehouse-magic-link-confirmed.ftl",
                        "gatehouse-magic-link-minted.ftl",
                        "gatehouse-magic-link-open.ftl",
                        "gatehouse-magic-link-refused.ftl",
                        "gatehouse-magic-link-sent.ftl",
                        "gatehouse-parts.ftl",
                        "gatehouse-totp-setup.ftl",
                        "html/gatehouse-first-proof.ftl",
                        "html/gatehouse-magic-link.ftl",
                        "html/gatehouse-magic-link-create.ftl",
                        "html/gatehouse-magic-link-minted.ftl",
                        "html/gatehouse-magic-link-unverified.ftl",
                        "text/gatehouse-first-proof.ftl",
                        "text/gatehouse-magic-link.ftl",
                        "text/gatehouse-magic-link-create.ftl",
                        "text/gatehouse-magic-link-minted.ftl",
                        "text/gatehouse-magic-link-unverified.ftl");
    }

    @Test
    void itsMessagesAreOursAndCompleteInEveryLanguage() throws Exception {
        Properties english = messages("en");

        assertThat(english).isNotEmpty();
        assertThat(english.stringPropertyNames()).allMatch(key -> key.startsWith("gatehouse"));
        assertThat(messages("de").stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        assertThat(english.stringPropertyNames())
                .contains("gatehouse-magic-link-display-name", "gatehouse-magic-link-help-text");
    }

    @Test
    void theKeycloakBuildFindsTheThemeResourcesFolder() {
        assertThat(jar.times()).as("the entry of the folder itself").containsKey("theme-resources/");
    }

    @Test
    void itsNameHasNoVersionAndItsManifestHas() {
        assertThat(Build.jar().getFileName()).hasToString("gatehouse.jar");
        assertThat(jar.text("META-INF/MANIFEST.MF")).containsPattern("Implementation-Version: \\d+\\.\\d+\\.\\d+");
    }

    @Test
    void nothingInItTellsWhenOrWhereItWasBuilt() {
        assertThat(jar.times().values().stream().distinct()).hasSize(1);
        assertThat(jar.text("META-INF/MANIFEST.MF")).doesNotContain("Built-By", "Build-Jdk");
    }

    @Test
    void theKitUnpacksTheJarAndTheRealmOverAKeycloakHome() throws Exception {
        Archive kit = Archive.of(Build.kit());

        assertThat(kit.files().keySet())
                .containsExactlyInAnyOrder(
                        "providers/gatehouse.jar",
                        "data/import/gatehouse.json",
                        "gatehouse/gatehouse-console.json",
                        "gatehouse/gatehouse-realm-tool.jar",
                        "gatehouse/token-contract.json");
        assertThat(kit.files().get("providers/gatehouse.jar")).isEqualTo(Files.readAllBytes(Build.jar()));
        assertThat(kit.text("data/import/gatehouse.json"))
                .isEqualTo(Files.readString(Path.of("../realm/src/main/resources/gatehouse.json")));
    }

    private Properties messages(String language) throws Exception {
        Properties messages = new Properties();
        messages.load(new StringReader(jar.text("theme-resources/messages/messages_" + language + ".properties")));
        return messages;
    }
}
