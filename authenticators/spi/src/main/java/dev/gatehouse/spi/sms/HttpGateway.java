// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.sms;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import dev.gatehouse.spi.mail.MailFailure;
import org.jspecify.annotations.Nullable;

/**
 * Talks to the gateway of this server, on connections that all realms share. It follows no redirection, keeps no cookie,
 * and looks at nothing of an answer but its status.
 */
final class HttpGateway {

    /**
     * How to talk to it.
     *
     * @param method POST or PUT
     * @param kind the type of the body
     * @param timeout how long one request may take, from the first try to connect to the end of the answer
     */
    record Manner(GatewayUrl url, String method, BodyKind kind, Duration timeout) {}

    /** It says so that it did not get as far as to look at what was asked. */
    private static final Set<Integer> ONCE_MORE = Set.of(429, 502, 503, 504);

    private final Manner manner;
    private final Supplier<HttpClient> maker;
    private @Nullable HttpClient client;

    /** Asks {@code maker} for the one client when the first message is sent. */
    HttpGateway(Manner manner, Supplier<HttpClient> maker) {
        this.manner = manner;
        this.maker = maker;
    }

    /**
     * Hands a message over. A second request is made at once if there was no connection or the gateway says that it cannot
     * for now; not after a time-out, when the first may well have been understood.
     */
    void send(List<GatewayHeaders.Header> headers, String body) throws MailFailure {
        HttpRequest request = request(headers, body);
        int status = tryOnce(request, true);
        if (status == 0 || ONCE_MORE.contains(status)) {
            status = tryOnce(request, false);
        }
        if (status >= 200 && status < 300) {
            return;
        }
        String what = "a text message could not be sent: the gateway answered " + status;
        boolean permanent = status >= 300 && status < 500 && status != 429;
        throw permanent ? MailFailure.permanent(what) : new MailFailure(what);
    }

    private HttpRequest request(List<GatewayHeaders.Header> headers, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(manner.url().uri())
                .header("Content-Type", manner.kind().toString())
                .method(manner.method(), HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(header -> request.header(header.name(), header.value()));
        return request.build();
    }

    /** The status of the answer; 0 if there was no connection and {@code mayFail}. */
    private int tryOnce(HttpRequest request, boolean mayFail) throws MailFailure {
        try {
            return status(request);
        } catch (ConnectException | HttpConnectTimeoutException e) {
            if (mayFail) {
                return 0;
            }
            throw new MailFailure("a text message could not be sent: the gateway cannot be reached", e);
        } catch (IOException e) {
            throw new MailFailure("a text message could not be sent: the connection to the gateway broke", e);
        } catch (TimeoutException e) {
            throw new MailFailure("a text message could not be sent: the gateway does not answer in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MailFailure("a text message could not be sent: interrupted", e);
        }
    }

    private int status(HttpRequest request) throws IOException, TimeoutException, InterruptedException {
        CompletableFuture<HttpResponse<@Nullable Void>> answer =
                client().sendAsync(request, head -> new DiscardedBody());
        try {
            return answer.get(manner.timeout().toMillis(), TimeUnit.MILLISECONDS)
                    .statusCode();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } finally {
            // Nobody waits for it any more: the client closes its connection.
            answer.cancel(true);
        }
    }

    private synchronized HttpClient client() {
        if (client == null) {
            client = maker.get();
        }
        return client;
    }
}
