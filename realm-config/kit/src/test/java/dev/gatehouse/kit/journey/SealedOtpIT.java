// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import dev.gatehouse.kit.server.AllowedInLog;
import dev.gatehouse.kit.server.Build;
import dev.gatehouse.kit.server.KeycloakSealed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.models.utils.Base32;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;

import static org.assertj.core.api.Assertions.assertThat;

/** Secrets of one-time passwords are sealed in the database, and every way to set one up and to use one still works. */
@ExtendWith(KeycloakSealed.class)
class SealedOtpIT {

    private static final String ENVELOPE = "v1\\.k[12]\\.[A-Za-z0-9_-]{60,200}";

    private final SealedGatehouse sealed;
    private final Gatehouse gatehouse;
    private final SecondFactor second;

    SealedOtpIT(SealedGatehouse sealed) {
        this.sealed = sealed;
        this.gatehouse = sealed.gatehouse();
        this.second = new SecondFactor(gatehouse, sealed.machine());
    }

    private StoredDevice stored(Person person) {
        return StoredDevice.of(sealed.database(), person);
    }

    private void assertSealed(Person person) {
        assertThat(stored(person).value()).matches(ENVELOPE);
        assertThat(stored(person).detail("secretEncoding")).isEqualTo(StoredDevice.MARK);
    }

    /** What a secret could be written as. */
    private static List<String> spellings(byte[] secret) {
        String raw = new String(secret, StandardCharsets.ISO_8859_1);
        String base32 = Base32.encode(secret);
        return Stream.of(
                        raw,
                        base32,
                        base32.replaceAll("(.{4})", "$1 ").strip(),
                        HexFormat.of().formatHex(secret),
                        HexFormat.of().withUpperCase().formatHex(secret),
                        URLEncoder.encode(raw, StandardCharsets.UTF_8),
                        Base64.getEncoder().withoutPadding().encodeToString(secret),
                        Base64.getUrlEncoder().withoutPadding().encodeToString(secret))
                .distinct()
                .toList();
    }

    private static void assertNot(String where, String text, byte[] secret) {
        assertThat(text.length()).as("something was looked through: %s", where).isGreaterThan(1000);
        for (String spelling : spellings(secret)) {
            // Not an assertion on the text itself: its message would be all of it.
            assertThat(text.contains(spelling)).as("%s in %s", spelling, where).isFalse();
        }
    }

    /** Nowhere where somebody looks who has everything but the server's memory and its keys. */
    private void assertNowhere(byte[] secret) throws IOException {
        assertNot("the database", sealed.database().everything(), secret);
        assertNot("the log", Files.readString(gatehouse.server().log()), secret);
        assertNot("the events", Json.write(gatehouse.realm().getEvents()), secret);
        assertNot("the admin events", Json.write(gatehouse.realm().getAdminEvents()), secret);
    }

    @Test
    void whoSetsAnAppUpInTheBrowserSignsInWithItAndItsSecretIsNowhere() throws IOException {
        Person pat = gatehouse.aPerson().create();
        Browser browser = Browser.fresh();
        App app = gatehouse.app();
        Page setUp = Guesser.type(
                Guesser.form(app, browser, Map.of("kc_action", "CONFIGURE_TOTP")), pat.username(), pat.password());
        Totp totp = Totp.of(setUp.form().hidden("totpSecret"));
        Totp.awaitRoom(10);
        String first = totp.code();
        Page callback =
                setUp.form().forge("totp", first).forge("userLabel", "phone").enter();
        Outcome.assertSignedIn(app, callback, pat);
        assertSealed(pat);

        App again = gatehouse.app();
        Page code = second.page(again, pat);
        assertThat(code.html()).doesNotContain(stored(pat).value());
        Page refused = SecondFactor.type(code, first);
        assertThat(refused.isAtStop()).as("the code that proved the set-up").isFalse();
        Outcome.assertSignedIn(again, SecondFactor.type(refused, totp.nextCode()), pat);
        second.assertOpens(pat, totp.earlierCode());
        assertThat(second.grant(pat, totp.wrong(1)).status()).isEqualTo(SecondFactor.REFUSED);

        assertConsoleListsAndDeletes(browser, pat);
        assertThat(StoredDevice.allOf(sealed.database(), pat)).isEmpty();
        assertNowhere(totp.secret());
    }

    private void assertConsoleListsAndDeletes(Browser browser, Person pat) {
        URI address = URI.create(gatehouse.issuer() + "/account/");
        App console = new App(gatehouse.issuer(), "account-console", address, gatehouse.server()::route);
        Page callback = console.signIn(browser);
        String token = Json.of(console.exchange(callback.query().getOrDefault("code", "")))
                .get("access_token")
                .asText();
        HttpResponse<String> list = asked("GET", address.resolve("credentials?type=otp"), token);
        assertThat(list.statusCode()).isEqualTo(200);
        JsonNode devices = Json.parse(list.body()).get(0).get("userCredentialMetadatas");
        assertThat(devices).hasSize(1);
        assertThat(devices.get(0).at("/credential/userLabel").asText()).isEqualTo("phone");
        assertThat(list.body()).doesNotContain(stored(pat).value()).doesNotContain("secretData\":\"");

        HttpResponse<String> gone =
                asked("DELETE", address.resolve("credentials/" + stored(pat).id()), token);

        assertThat(gone.statusCode()).as(gone.body()).isEqualTo(204);
    }

    private static HttpResponse<String> asked(String method, URI uri, String token) {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + token)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException("No answer from " + uri, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while " + uri + " was asked", e);
        }
    }

    @Test
    void anAdministratorMakesListsNamesAndDeletesADeviceAndItsSecretIsNowhere() throws IOException {
        Person pat = gatehouse.aPerson().create();
        Totp totp = Totp.of(gatehouse.realm(), pat);
        assertSealed(pat);
        String id = stored(pat).id();

        List<CredentialRepresentation> devices = devices(pat);
        assertThat(devices).hasSize(1);
        assertThat(devices.get(0).getId()).isEqualTo(id);
        assertThat(devices.get(0).getSecretData()).isNull();
        second.assertOpens(pat, totp.code());

        gatehouse.realm().users().get(pat.id()).setCredentialUserLabel(id, "the old phone");
        assertThat(devices(pat).get(0).getUserLabel()).isEqualTo("the old phone");
        assertSealed(pat);
        second.assertOpens(pat, totp.nextCode());

        assertNowhere(totp.secret());
        gatehouse.realm().users().get(pat.id()).removeCredential(id);
        assertThat(devices(pat)).isEmpty();
        App app = gatehouse.app();
        Outcome.assertSignedIn(
                app, Guesser.type(Guesser.form(app, Browser.fresh()), pat.username(), pat.password()), pat);
    }

    private List<CredentialRepresentation> devices(Person person) {
        return gatehouse.realm().users().get(person.id()).credentials().stream()
                .filter(credential -> "otp".equals(credential.getType()))
                .toList();
    }

    @Test
    void theAdministratorsOfMasterSignInWithSealedDevicesThoughNothingIsSwitchedOnThere() {
        RealmResource master = gatehouse.admin().realm("master");
        Person root = new PersonBuilder(master).create();
        Totp totp = Totp.of(master, root);
        assertSealed(root);
        try {
            URI realmAddress = URI.create(gatehouse.server().url() + "/realms/master");
            assertThat(SecondFactor.grant(realmAddress, root, totp.wrong(1)).status())
                    .isEqualTo(SecondFactor.REFUSED);
            assertThat(SecondFactor.grant(realmAddress, root, totp.code()).status())
                    .isEqualTo(200);
            assertThat(SecondFactor.grant(realmAddress, root, totp.code()).status())
                    .as("the same once more")
                    .isEqualTo(SecondFactor.REFUSED);
        } finally {
            master.users().get(root.id()).remove();
        }
    }

    /** What somebody does who can write to the database. */
    private record Attack(String name, Consumer<StoredDevice> change) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Attack> attacks() {
        return Stream.of(
                new Attack("fewer digits", row -> row.setDetail("digits", 1)),
                new Attack("more digits", row -> row.setDetail("digits", 8)),
                new Attack("another period", row -> row.setDetail("period", 60)),
                new Attack("another algorithm", row -> row.setDetail("algorithm", "HmacSHA256")),
                new Attack("a count instead of the time", row -> row.setDetail("subType", "hotp")),
                new Attack("one letter", row -> row.setValue(flipped(row.value()))),
                new Attack(
                        "less",
                        row -> row.setValue(row.value().substring(0, row.value().length() - 4))),
                new Attack("another key's name", row -> row.setValue(row.value().replaceFirst("v1\\.k.", "v1.other"))),
                new Attack("no mark", row -> row.removeDetail("secretEncoding")),
                new Attack("Base32 as the mark", row -> row.setDetail("secretEncoding", "BASE32")),
                new Attack("an unknown mark", row -> row.setDetail("secretEncoding", "GATEHOUSE_AES_GCM_V2")),
                new Attack("a plain secret with the mark", row -> row.setValue("abcdefghij0123456789")),
                new Attack("nothing", row -> row.setValue("")));
    }

    private static String flipped(String envelope) {
        int middle = envelope.length() / 2;
        char other = envelope.charAt(middle) == 'A' ? 'B' : 'A';
        return envelope.substring(0, middle) + other + envelope.substring(middle + 1);
    }

    @ParameterizedTest
    @MethodSource("attacks")
    @AllowedInLog("The secret of OTP credential .* cannot be used: ")
    void whoWritesToTheDatabaseGetsNobodyIn(Attack attack) {
        Person pat = gatehouse.aPerson().create();
        Totp totp = Totp.of(gatehouse.realm(), pat);
        String envelope = stored(pat).value();

        attack.change().accept(stored(pat));
        gatehouse.realm().clearUserCache();

        second.assertShut(pat, totp.code());
        second.assertShut(pat, totp.code(Totp.now(), 8));
        second.assertShut(pat, totp.code(Totp.now(), 1));
        second.assertShut(pat, totp.numbered(0));
        // Everybody knows the envelope who can write to the database.
        List<String> texts = new ArrayList<>(List.of(envelope, "abcdefghij0123456789"));
        texts.add(stored(pat).value());
        for (String text : texts) {
            if (!text.isEmpty()) {
                second.assertShut(pat, Totp.of(text).code());
            }
        }
        second.assertShut(pat, Totp.of(Base32.decode(envelope)).code());
    }

    @Test
    @AllowedInLog("The secret of OTP credential .* cannot be used: does not open")
    void aRowOfOneAccountIsOfNoUseInAnother() {
        Person pat = gatehouse.aPerson().create();
        Totp.of(gatehouse.realm(), pat);
        Person mallory = gatehouse.aPerson().create();
        Totp known = Totp.of(gatehouse.realm(), mallory);
        stored(pat).become(stored(mallory));
        gatehouse.realm().clearUserCache();

        second.assertShut(pat, known.code());
        second.assertOpens(mallory, known.code());

        Person quinn = gatehouse.aPerson().create();
        stored(mallory).giveTo(quinn);
        gatehouse.realm().clearUserCache();

        second.assertShut(quinn, known.nextCode());
    }

    @Test
    void aSecretFromBeforeIsSealedByTheFirstRightCodeAndByNoWrongOne() {
        Person pat = gatehouse.aPerson().create();
        Totp totp = plain(pat);

        assertThat(second.grant(pat, totp.wrong(1)).status()).isEqualTo(SecondFactor.REFUSED);
        Outcome.assertNotDone(SecondFactor.type(second.page(pat), totp.wrong(2)));
        assertThat(stored(pat).value()).isEqualTo(text(totp));

        second.assertOpens(pat, totp.code());

        assertSealed(pat);
        assertThat(sealed.database().everything().contains(text(totp)))
                .as("the secret in the database")
                .isFalse();
        second.assertOpens(pat, totp.nextCode());
    }

    /** The device of somebody who had it before there was a key. */
    private Totp plain(Person person) {
        Totp totp = Totp.of(gatehouse.realm(), person);
        stored(person).setValue(text(totp));
        stored(person).removeDetail("secretEncoding");
        gatehouse.realm().clearUserCache();
        return totp;
    }

    private static String text(Totp totp) {
        return new String(totp.secret(), StandardCharsets.UTF_8);
    }

    @Test
    void ofSixteenFirstSignInsAtOnceOneSucceedsAndTheSecretIsSealed() {
        Person pat = gatehouse.aPerson().create();
        Totp totp = plain(pat);
        Totp.awaitRoom(15);
        String code = totp.code();

        List<Integer> answers = AtOnce.times(16, i -> second.grant(pat, code).status());

        assertThat(answers).filteredOn(status -> status == 200).hasSize(1);
        assertThat(answers).allMatch(status -> status == 200 || status == SecondFactor.REFUSED);
        assertSealed(pat);
        second.assertOpens(pat, totp.nextCode());
    }

    @Test
    @AllowedInLog({"cannot be stored", "Could not update user", "Could not create user"})
    void aRealmComesBackFromItsExportAndASealedDeviceIsOfNoUseToAnybodyElse() throws IOException {
        RealmRepresentation fresh = new RealmRepresentation();
        fresh.setRealm("moving");
        fresh.setEnabled(true);
        gatehouse.admin().realms().create(fresh);
        RealmResource realm = gatehouse.admin().realm("moving");
        Person pat = new PersonBuilder(realm).create();
        Person quinn = new PersonBuilder(realm).create();
        Totp totp = Totp.of(realm, pat);
        String export = exported("moving");
        assertNot("the export", export, totp.secret());
        ObjectNode exported = (ObjectNode) Json.parse(export);
        assertThat(user(exported, pat).toString()).contains(StoredDevice.MARK);
        realm.remove();
        URI realmAddress = URI.create(gatehouse.server().url() + "/realms/moving");

        try {
            ObjectNode stolen = exported.deepCopy();
            ((ObjectNode) user(stolen, quinn))
                    .set("credentials", user(exported, pat).get("credentials"));
            ((ObjectNode) user(stolen, pat)).remove("credentials");
            assertThat(imported(stolen)).isEqualTo(400);
            assertThat(SecondFactor.grant(realmAddress, quinn, totp.code()).status())
                    .as("nothing was stored")
                    .isEqualTo(404);

            ObjectNode plain = exported.deepCopy();
            CredentialRepresentation otp = new CredentialRepresentation();
            String secret = "abcdefghij9876543210";
            otp.setType("otp");
            otp.setSecretData("{\"value\":\"" + secret + "\"}");
            otp.setCredentialData(
                    "{\"subType\":\"totp\",\"digits\":6,\"counter\":0,\"period\":30,\"algorithm\":\"HmacSHA1\"}");
            ((ArrayNode) user(plain, quinn).get("credentials")).add(Json.parse(Json.write(otp)));
            assertThat(imported(plain)).isEqualTo(201);

            assertThat(SecondFactor.grant(realmAddress, pat, totp.code()).status())
                    .isEqualTo(200);
            assertSealed(quinn);
            assertThat(SecondFactor.grant(realmAddress, quinn, Totp.of(secret).code())
                            .status())
                    .isEqualTo(200);
            assertThat(sealed.database().everything().contains(secret))
                    .as("the secret in the database")
                    .isFalse();
        } finally {
            gatehouse.admin().realms().findAll().stream()
                    .filter(found -> "moving".equals(found.getRealm()))
                    .forEach(found -> realm.remove());
        }
    }

    private String exported(String realm) throws IOException {
        Path export = Build.target().resolve("export.json");
        sealed.run("export", "--optimized", "--realm", realm, "--users", "same_file", "--file", export.toString());
        String text = Files.readString(export);
        Files.delete(export);
        return text;
    }

    private static JsonNode user(JsonNode realm, Person person) {
        for (JsonNode user : realm.get("users")) {
            if (person.id().equals(user.get("id").asText())) {
                return user;
            }
        }
        throw new IllegalStateException("The export has no " + person.username());
    }

    private int imported(JsonNode realm) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(gatehouse.server().url() + "/admin/realms"))
                .header("Content-Type", "application/json")
                .header(
                        "Authorization",
                        "Bearer " + gatehouse.admin().tokenManager().getAccessTokenString())
                .POST(HttpRequest.BodyPublishers.ofString(realm.toString()))
                .build();
        try {
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted during an import", e);
        }
    }

    @Test
    @AllowedInLog("the keys from before go on to hold")
    void aNewKeyInFrontIsUsedWhileTheServerRunsAndARingThatCannotBeReadChangesNothing() throws IOException {
        sealed.ring().holds("k1");
        Person pat = gatehouse.aPerson().create();
        Totp totp = Totp.of(gatehouse.realm(), pat);
        Person quinn = gatehouse.aPerson().create();
        Totp other = Totp.of(gatehouse.realm(), quinn);
        assertThat(stored(pat).value()).startsWith("v1.k1.");

        long start = System.nanoTime();
        sealed.ring().holds("k2", "k1");
        Eventually.get(this::log, log -> log.contains("Secrets are sealed with the key k2 from now on"));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));

        Person fresh = gatehouse.aPerson().create();
        Totp.of(gatehouse.realm(), fresh);
        assertThat(stored(fresh).value()).startsWith("v1.k2.");
        assertThat(second.grant(pat, totp.wrong(1)).status()).isEqualTo(SecondFactor.REFUSED);
        assertThat(stored(pat).value()).as("after a wrong code").startsWith("v1.k1.");
        second.assertOpens(pat, totp.code());
        assertThat(stored(pat).value()).as("after a right one").startsWith("v1.k2.");
        second.assertOpens(pat, totp.nextCode());

        sealed.ring().write("k2 this is no key");
        Eventually.get(this::log, log -> log.contains("the keys from before go on to hold"));
        pause(Duration.ofSeconds(22));
        assertThat(log().split("the keys from before go on to hold", -1))
                .as("told once, though it is looked at again and again")
                .hasSize(2);
        second.assertOpens(quinn, other.code());
        assertThat(stored(quinn).value()).startsWith("v1.k2.");

        sealed.ring().holds("k2", "k1");
        second.assertOpens(quinn, other.nextCode());
    }

    private String log() {
        try {
            return Files.readString(gatehouse.server().log());
        } catch (IOException e) {
            throw new UncheckedIOException("The server's log cannot be read", e);
        }
    }

    private static void pause(Duration time) {
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the server looks at its keys", e);
        }
    }

    @Test
    void theServerTellsItsKeysAndNoMore() {
        Map<String, String> info = gatehouse.operationalInfo("gatehouse-sealer", "gatehouse-key-ring");

        assertThat(info).containsKeys("version", "keys", "the key that seals");
        assertThat(info.get("keys")).contains("k1");
    }
}
