// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.sms;

import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.gatehouse.core.time.MovedTime;
import dev.gatehouse.spi.fake.CapturedLog;
import dev.gatehouse.spi.fake.FakeConfig;
import dev.gatehouse.spi.fake.FakeRealm;
import dev.gatehouse.spi.fake.FakeServer;
import dev.gatehouse.spi.fake.Stub;
import dev.gatehouse.spi.mail.MailFailure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.vault.VaultStringSecret;
import org.keycloak.vault.VaultTranscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

@Timeout(60)
class GatehouseHttpSmsFactoryTest {

    private static final String NUMBER = "+4915123456789";
    private static final String SECRET = "s3cr3t-key";

    private final CapturedLog log = new CapturedLog(HttpSmsSender.class);
    private final Gateway gateway = new Gateway();
    private final FakeRealm realm = new FakeRealm("realm-1", "shop");
    private final FakeServer server = new FakeServer(new MovedTime()).with(realm);
    private final Map<String, String> vault = new HashMap<>();
    private final GatehouseHttpSmsFactory factory = new GatehouseHttpSmsFactory();

    GatehouseHttpSmsFactoryTest() {
        VaultTranscriber transcriber = Stub.of(VaultTranscriber.class)
                .on("getStringSecret", call -> Stub.of(VaultStringSecret.class)
                        .is("get", Optional.ofNullable(vault.get(call.text(0))))
                        .is("close", null)
                        .get())
                .get();
        server.everySession(session -> session.is("vault", transcriber));
    }

    @AfterEach
    void end() {
        gateway.close();
        factory.close();
        log.close();
    }

    private SmsSender sender(String... options) {
        Map<String, String> given = new HashMap<>(Map.of("url", gateway.url()));
        for (int i = 0; i < options.length; i += 2) {
            given.put(options[i], options[i + 1]);
        }
        factory.init(FakeConfig.scope(given));
        factory.postInit(server.factory());
        return factory.create(server.request(realm).model());
    }

    private void send(SmsSender sender) throws MailFailure {
        sender.send(realm.model(), NUMBER, "Code: 123456");
    }

    private MailFailure failure(SmsSender sender) {
        MailFailure failure = catchThrowableOfType(MailFailure.class, () -> send(sender));
        assertThat(failure).isNotNull();
        assertThat(causes(failure)).doesNotContain(NUMBER, SECRET, "123456");
        return failure;
    }

    private static String causes(Throwable failure) {
        return failure.getCause() == null ? failure.toString() : failure + " " + causes(failure.getCause());
    }

    private Gateway.Request onlyRequest() {
        assertThat(gateway.requests()).hasSize(1);
        return gateway.requests().get(0);
    }

    @Test
    void aMessageIsPostedAsJson() throws MailFailure {
        send(sender());

        Gateway.Request request = onlyRequest();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.uri()).isEqualTo("/messages");
        assertThat(request.header("Content-Type")).isEqualTo("application/json");
        assertThat(request.body()).isEqualTo("{\"to\":\"+4915123456789\",\"text\":\"Code: 123456\"}");
        assertThat(request.header("Cookie")).isEmpty();
        assertThat(request.header("Authorization")).isEmpty();
    }

    @Test
    void theRequestIsWhatTheOptionsSay() throws MailFailure {
        send(sender(
                "method",
                "PUT",
                "content-type",
                "application/x-www-form-urlencoded",
                "body",
                "Body={text}&To={to}&From={from}",
                "from",
                "Shop & Co",
                "headers",
                "Authorization: Bearer {secret} | X-App: gatehouse",
                "secret",
                SECRET));

        Gateway.Request request = onlyRequest();
        assertThat(request.method()).isEqualTo("PUT");
        assertThat(request.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(request.body()).isEqualTo("Body=Code%3A+123456&To=%2B4915123456789&From=Shop+%26+Co");
        assertThat(request.header("Authorization")).isEqualTo("Bearer " + SECRET);
        assertThat(request.header("X-App")).isEqualTo("gatehouse");
    }

    @Test
    void aFormHasABodyOfItsOwn() throws MailFailure {
        send(sender("content-type", "application/x-www-form-urlencoded"));

        assertThat(onlyRequest().body()).isEqualTo("to=%2B4915123456789&text=Code%3A+123456");
    }

    @Test
    void requestsShareAConnection() throws MailFailure {
        SmsSender sender = sender();
        send(sender);
        send(factory.create(server.request(realm).model()));

        assertThat(gateway.requests()).hasSize(2);
        assertThat(gateway.requests().get(1).from())
                .isEqualTo(gateway.requests().get(0).from());
    }

    @Test
    void theClientIsMadeForTheFirstMessage() throws MailFailure {
        AtomicInteger made = new AtomicInteger();
        HttpGateway lazy = new HttpGateway(
                new HttpGateway.Manner(
                        GatewayUrl.parse(gateway.url()).orElseThrow(), "POST", BodyKind.JSON, Duration.ofSeconds(10)),
                () -> {
                    made.incrementAndGet();
                    return HttpClient.newHttpClient();
                });
        assertThat(made).hasValue(0);

        lazy.send(List.of(), "{}");
        lazy.send(List.of(), "{}");
        assertThat(made).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504})
    void whatAGatewayCannotForNowIsAskedOnceMore(int status) throws MailFailure {
        SmsSender sender = sender();
        gateway.answers(Gateway.status(status));
        send(sender);
        assertThat(gateway.requests()).hasSize(2);

        gateway.answers(Gateway.status(status), Gateway.status(status));
        assertThat(failure(sender))
                .hasMessage("a text message could not be sent: the gateway answered " + status)
                .satisfies(it -> assertThat(it.isPermanent()).isFalse());
        assertThat(gateway.requests()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308, 400, 401, 403, 404, 409, 422})
    void whatAGatewayRefusesIsNotAskedAgainNorElsewhere(int status) {
        gateway.answers(Gateway.status(status));

        assertThat(failure(sender()))
                .hasMessage("a text message could not be sent: the gateway answered " + status)
                .satisfies(it -> assertThat(it.isPermanent()).isTrue());
        onlyRequest();
    }

    @Test
    void aGatewayThatIsBrokenMayBeWholeLater() {
        gateway.answers(Gateway.status(500));

        assertThat(failure(sender()).isPermanent()).isFalse();
        onlyRequest();
    }

    @Test
    void aGatewayThatDoesNotAnswerIsNotAskedTwice() {
        gateway.answers(Gateway.silence());

        assertThat(failure(sender("timeout-millis", "300")))
                .hasMessage("a text message could not be sent: the gateway does not answer in time")
                .satisfies(it -> assertThat(it.isPermanent()).isFalse());
        onlyRequest();
    }

    @Test
    void anAnswerWithoutEndIsCutOff() throws MailFailure {
        CountDownLatch cut = new CountDownLatch(1);
        gateway.answers(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try {
                while (true) {
                    exchange.getResponseBody().write(new byte[8192]);
                }
            } finally {
                cut.countDown();
            }
        });
        send(sender());

        assertThat(cut)
                .satisfies(it -> assertThat(it.await(20, TimeUnit.SECONDS)).isTrue());
        onlyRequest();
    }

    @Test
    void anAnswerThatTricklesIsATimeOut() {
        gateway.answers(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('x');
            exchange.getResponseBody().flush();
        });

        assertThat(failure(sender("timeout-millis", "300")))
                .hasMessage("a text message could not be sent: the gateway does not answer in time");
    }

    @Test
    void aConnectionThatBreaksIsNotAskedTwice() {
        gateway.answers(Gateway.hangUp(), Gateway.hangUp());

        assertThat(failure(sender()))
                .hasMessage("a text message could not be sent: the connection to the gateway broke")
                .satisfies(it -> assertThat(it.isPermanent()).isFalse());
        onlyRequest();
    }

    @Test
    void aGatewayThatIsNotThereMayBeThereLater() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }

        assertThat(failure(sender("url", "http://127.0.0.1:" + free + "/")))
                .hasMessage("a text message could not be sent: the gateway cannot be reached")
                .satisfies(it -> assertThat(it.isPermanent()).isFalse());
        assertThat(gateway.requests()).isEmpty();
    }

    @Test
    void aThreadThatIsInterruptedStopsAndStaysInterrupted() {
        gateway.answers(Gateway.silence());
        SmsSender sender = sender();
        Thread.currentThread().interrupt();

        MailFailure failure = failure(sender);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure).hasMessage("a text message could not be sent: interrupted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "4915123456789", "+49 151 23456789", "+4915123456789\",\"x\":\"", "kim@example.org"})
    void onlyANumberIsSentTo(String number) {
        SmsSender sender = sender();

        assertThatExceptionOfType(MailFailure.class)
                .isThrownBy(() -> sender.send(realm.model(), number, "hello"))
                .withMessage("a text message could not be sent: the number is none")
                .satisfies(it -> assertThat(it.isPermanent()).isTrue());
        assertThat(gateway.requests()).isEmpty();
    }

    @Test
    void withoutAGatewayItIsNotReady() {
        SmsSender sender = sender("url", "");

        assertThat(sender.isReady()).isFalse();
        assertThat(failure(sender).isPermanent()).isTrue();
        assertThat(sender("url", gateway.url()).isReady()).isTrue();
    }

    @Test
    void aSecretInTheVaultIsThatOfTheRealmAtTheTimeOfUse() throws MailFailure {
        SmsSender sender = sender("headers", "Authorization: {secret}", "secret", "${vault.sms}");
        vault.put("${vault.sms}", SECRET + "\n");
        send(sender);
        vault.put("${vault.sms}", "another");
        send(sender);

        assertThat(gateway.requests())
                .extracting(request -> request.header("Authorization"))
                .containsExactly(SECRET, "another");
    }

    @Test
    void aSecretThatIsNotInTheVaultIsToldOnceAndNothingIsSent() {
        SmsSender sender = sender("headers", "Authorization: {secret}", "secret", "${vault.sms}");

        assertThat(failure(sender))
                .hasMessage("a text message could not be sent: the gateway's secret was not found")
                .satisfies(it -> assertThat(it.isPermanent()).isTrue());
        vault.put("${vault.sms}", SECRET + "\r\nX-Other: header");
        failure(factory.create(server.request(realm).model()));

        assertThat(gateway.requests()).isEmpty();
        assertThat(log.errors())
                .containsExactly("Realm shop: no text message is sent, because the secret of the gateway is not in the "
                        + "realm's vault or cannot stand in a header");
    }

    private static Stream<Arguments> wrong() {
        String https = "https://sms.example.org/";
        return Stream.of(
                wrong("url must be " + GatewayUrl.RANGE, "url", "http://sms.example.org/?key=" + SECRET),
                wrong("method is \"GET\" but must be POST or PUT", "url", https, "method", "GET"),
                wrong(
                        "content-type is \"text/plain\" but must be application/json or "
                                + "application/x-www-form-urlencoded",
                        "url",
                        https,
                        "content-type",
                        "text/plain"),
                wrong(
                        "body holds {code}, which is no placeholder; there is {from}, {text}, {to}",
                        "url",
                        https,
                        "body",
                        "{\"key\":\"" + SECRET + "\",\"to\":\"{to}\",\"text\":\"{code}\"}"),
                wrong(
                        "body holds {from}, but from is not set",
                        "body",
                        "{\"key\":\"" + SECRET + "\",\"to\":\"{to}\",\"text\":\"{text}{from}\"}"),
                wrong(
                        "headers must be headers such as \"Name: value\" in plain ASCII, with a vertical bar between two",
                        "headers",
                        "Authorization=" + SECRET),
                wrong(
                        "headers must not hold Host, which is not for an option to set",
                        "headers",
                        "Authorization: " + SECRET + "|Host: inner"),
                wrong("headers holds {secret}, but secret is not set", "headers", "Authorization: {secret}"),
                wrong("secret must be a text in plain ASCII", "secret", SECRET + "\u00fc"),
                wrong("timeout-millis is \"1\" but must be a whole number from 100 to 60000", "timeout-millis", "1"));
    }

    private static Arguments wrong(String clause, String... options) {
        return Arguments.of(clause, options);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void aWrongOptionStopsTheServerAndNoSecretIsShown(String clause, String[] options) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sender(options))
                .withMessage("Gatehouse: spi-gatehouse-sms--gatehouse-http-sms--" + clause)
                .satisfies(it -> assertThat(it.getMessage()).doesNotContain(SECRET));
    }

    @Test
    void theConsoleOfTheServerShowsWhatHoldsButNoSecret() {
        assertThat(factory.getId()).isEqualTo("gatehouse-http-sms");
        assertThat(factory.getOperationalInfo())
                .containsEntry("url", "")
                .containsEntry("secret", "")
                .containsEntry("headers", "")
                .containsKey("version");

        sender(
                "url",
                gateway.url() + "?key=" + SECRET,
                "headers",
                "Authorization: Basic " + SECRET + "|X-Key: {secret}",
                "body",
                "{\"key\":\"" + SECRET + "\",\"to\":\"{to}\",\"text\":\"{text}\"}",
                "secret",
                SECRET);
        assertThat(factory.getOperationalInfo())
                .containsEntry("url", gateway.url() + "?[hidden]")
                .containsEntry("method", "POST")
                .containsEntry("content-type", "application/json")
                .containsEntry("body", "[hidden]")
                .containsEntry("headers", "Authorization, X-Key")
                .containsEntry("from", "")
                .containsEntry("secret", "[hidden]")
                .containsEntry("connect-timeout-millis", "2000")
                .containsEntry("timeout-millis", "10000");
        assertThat(factory.getOperationalInfo().toString()).doesNotContain(SECRET);
        assertThat(factory.getConfigMetadata())
                .extracting(ProviderConfigProperty::getName)
                .containsExactly(
                        "url",
                        "method",
                        "content-type",
                        "body",
                        "headers",
                        "from",
                        "secret",
                        "connect-timeout-millis",
                        "timeout-millis");
    }
}
