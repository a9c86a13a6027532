// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.sms;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import dev.gatehouse.core.settings.Setting;
import dev.gatehouse.core.settings.Settings;
import dev.gatehouse.spi.pack.PackInfo;
import dev.gatehouse.spi.settings.ConsoleForm;
import dev.gatehouse.spi.settings.ServerOptions;
import dev.gatehouse.spi.settings.ToldProblems;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ServerInfoAwareProviderFactory;

/** Text messages through a gateway that takes an HTTP request. Until the first is sent, nothing connects anywhere. */
public final class GatehouseHttpSmsFactory implements SmsSenderFactory, ServerInfoAwareProviderFactory {

    public static final String PROVIDER_ID = "gatehouse-http-sms";

    static final Setting<Optional<GatewayUrl>> URL = Setting.text(
            "url",
            "Address",
            "Where the gateway takes messages; while it is empty, no text message is sent.",
            "",
            GatewayUrl.RANGE,
            text -> Optional.of(GatewayUrl.parse(text)).filter(url -> url.isPresent() || text.isEmpty()));
    static final Setting<String> METHOD = Setting.text(
            "method", "Method", "How the gateway is asked.", "POST", "POST or PUT", text -> Optional.of(text)
                    .filter(it -> it.equals("POST") || it.equals("PUT")));
    static final Setting<BodyKind> CONTENT_TYPE = Setting.text(
            "content-type",
            "Type of the request",
            "What the request's body is; values are escaped for it.",
            BodyKind.JSON.toString(),
            BodyKind.RANGE,
            BodyKind::parse);
    static final Setting<Concealed> BODY = concealed(
            "body",
            "Body of the request",
            "What the request says, with {to}, {text} and {from} where number, message and sender go; in JSON inside quotes. "
                    + "While it is empty: {\"to\":\"{to}\",\"text\":\"{text}\"}, or to={to}&text={text} for a form.",
            "a text with {to} and {text}");
    static final Setting<Concealed> HEADERS = concealed(
            "headers",
            "Headers",
            "More headers of the request, such as Authorization: Bearer {secret}, with the secret in the place of {secret}.",
            "headers such as Name: value, with a vertical bar between two");
    static final Setting<String> FROM =
            Setting.text("from", "Sender", "What {from} in the body stands for.", "", "a text", Optional::of);
    static final Setting<Concealed> SECRET = concealed(
            "secret",
            "Secret",
            "What {secret} in the headers stands for: the secret itself, best set in a keystore or by the environment; or "
                    + "${vault.name} for the entry of that name in the vault of the realm that sends. Keycloak replaces "
                    + "expressions in options, so that is to be written $${vault.name}.",
            "a text in plain ASCII");
    static final Setting<Integer> CONNECT_TIMEOUT = Setting.integer(
            "connect-timeout-millis",
            "Time-out to connect",
            "How many milliseconds to wait for a connection.",
            2000,
            100,
            30_000);
    static final Setting<Integer> TIMEOUT = Setting.integer(
            "timeout-millis",
            "Time-out",
            "How many milliseconds a request may take, with connecting. There are up to two, within the time that the mail "
                    + "queue has for a try.",
            10_000,
            100,
            60_000);

    /** Every option, in the order in which documents list them. */
    public static final List<Setting<?>> OPTIONS =
            List.of(URL, METHOD, CONTENT_TYPE, BODY, HEADERS, FROM, SECRET, CONNECT_TIMEOUT, TIMEOUT);

    private static final String PLACE = "spi-" + SmsSpi.NAME + "--" + PROVIDER_ID + "--";

    private final ToldProblems told = new ToldProblems();

    private Settings options = Settings.read(OPTIONS, key -> null);
    private GatewayHeaders headers = GatewayHeaders.parse("");
    private HttpSmsSender.@Nullable Setup setup;

    /** A text that is checked later, because a message about it must not show it. */
    private static Setting<Concealed> concealed(String key, String label, String help, String range) {
        return Setting.text(key, label, help, "", range, text -> Optional.of(new Concealed(text)));
    }

    @Override
    public SmsSender create(KeycloakSession session) {
        return new HttpSmsSender(session, setup, told);
    }

    @Override
    public void init(Config.Scope scope) {
        String url = scope.get(URL.key());
        if (url != null && GatewayUrl.parse(url.trim()).isEmpty() && !url.isBlank()) {
            // Without the value, whose query may well hold a key.
            throw refused(URL, "must be " + GatewayUrl.RANGE);
        }
        options = ServerOptions.read(scope, PLACE, OPTIONS);
        headers =
                checked(HEADERS, () -> GatewayHeaders.parse(options.get(HEADERS).text()));
        BodyTemplate body = checked(BODY, () -> body(options.get(CONTENT_TYPE), options.get(BODY)));
        GatewaySecret secret = new GatewaySecret(options.get(SECRET));
        if (!secret.isUsable()) {
            throw refused(SECRET, "must be " + SECRET.range());
        }
        if (headers.needSecret() && !secret.isSet()) {
            throw refused(HEADERS, "holds {secret}, but " + SECRET.key() + " is not set");
        }
        if (body.hasFrom() && options.get(FROM).isEmpty()) {
            throw refused(BODY, "holds {from}, but " + FROM.key() + " is not set");
        }
        setup = options.get(URL)
                .map(address -> new HttpSmsSender.Setup(
                        new HttpGateway(manner(address), this::client), headers, body, options.get(FROM), secret))
                .orElse(null);
    }

    private static BodyTemplate body(BodyKind kind, Concealed template) {
        return BodyTemplate.parse(kind, template.isSet() ? template.text() : kind.template());
    }

    private static <T> T checked(Setting<?> option, Supplier<T> parser) {
        try {
            return parser.get();
        } catch (IllegalArgumentException e) {
            throw refused(option, String.valueOf(e.getMessage()));
        }
    }

    private static IllegalArgumentException refused(Setting<?> option, String clause) {
        return new IllegalArgumentException("Gatehouse: " + PLACE + option.key() + " " + clause);
    }

    private HttpGateway.Manner manner(GatewayUrl url) {
        return new HttpGateway.Manner(
                url, options.get(METHOD), options.get(CONTENT_TYPE), Duration.ofMillis(options.get(TIMEOUT)));
    }

    private HttpClient client() {
        // The JVM's own TLS context and proxies, which Keycloak's truststore options and system properties set up.
        return HttpClient.newBuilder()
                .connectTimeout(Duration.ofMillis(options.get(CONNECT_TIMEOUT)))
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // Nothing connects before the first message.
    }

    @Override
    public void close() {
        // The client's threads end when nobody holds it any more.
    }

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return ConsoleForm.of(OPTIONS);
    }

    @Override
    public Map<String, String> getOperationalInfo() {
        Map<String, String> info = PackInfo.of(options, OPTIONS);
        // As it was given, but for its query: an address that is not there is not "Optional.empty".
        info.put(URL.key(), options.get(URL).map(GatewayUrl::toString).orElse(""));
        info.put(CONTENT_TYPE.key(), options.get(CONTENT_TYPE).toString());
        info.put(HEADERS.key(), headers.toString());
        return info;
    }
}
