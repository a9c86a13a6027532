// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import dev.gatehouse.samples.MeFunction;
import dev.gatehouse.verifier.Algorithm;
import dev.gatehouse.verifier.TokenRefusedException;
import dev.gatehouse.verifier.TokenVerifier;
import org.keycloak.representations.idm.ClientRepresentation;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Programs that get tokens of their own without pause, and those who verify them: the pack's verifier, the sample function,
 * and a gateway that fetches the keys once an hour whatever it is shown. Tokens are shown again as long as they are good.
 */
final class TokenTraffic implements AutoCloseable {

    private static final int THREADS = 3;
    private static final int KEPT = 200;

    private final GatehouseLab lab;
    private final Gatehouse gatehouse;
    private final String secret;
    private final TokenVerifier verifier;
    private final MeFunction function;
    private final Gateway gateway;
    private final ReadWriteLock time = new ReentrantReadWriteLock();
    private final List<Thread> threads = new ArrayList<>();
    private final List<String> refusals = new CopyOnWriteArrayList<>();
    private final Set<String> kids = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();
    private volatile Duration ahead = Duration.ZERO;
    private volatile boolean isOver;

    private TokenTraffic(GatehouseLab lab, String secret) throws IOException {
        this.lab = lab;
        this.gatehouse = lab.gatehouse();
        this.secret = secret;
        InstantSource clock = () -> Instant.now().plus(ahead);
        this.verifier = verifier(clock);
        this.function = MeFunction.start(verifier(clock), List.of(), 0, line -> {});
        this.gateway = new Gateway(clock);
    }

    static TokenTraffic start(GatehouseLab lab) throws IOException {
        ClientRepresentation machine = lab.gatehouse()
                .realm()
                .clients()
                .findByClientId("gatehouse-machine")
                .get(0);
        machine.setEnabled(true);
        lab.gatehouse().realm().clients().get(machine.getId()).update(machine);
        String secret = lab.gatehouse()
                .realm()
                .clients()
                .get(machine.getId())
                .getSecret()
                .getValue();
        TokenTraffic traffic = new TokenTraffic(lab, secret);
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(traffic::go, "traffic-" + i);
            traffic.threads.add(thread);
            thread.start();
        }
        return traffic;
    }

    /** The ids of the keys that the realm publishes. */
    static Set<String> kids(Gatehouse gatehouse) {
        Set<String> kids = new HashSet<>();
        Json.of(Browser.fresh().requests().get(certificates(gatehouse)))
                .path("keys")
                .forEach(key -> kids.add(key.path("kid").asText()));
        return kids;
    }

    /** Lets it run until much has been seen. */
    void runs() {
        int until = count.get() + 60;
        assertThat(Eventually.get(count::get, now -> now >= until))
                .as("the traffic: %s", refusals)
                .isGreaterThanOrEqualTo(until);
    }

    /** Lets time pass, for the server and for those who verify. */
    void pass(Duration length) {
        time.writeLock().lock();
        try {
            lab.pass(length);
            ahead = ahead.plus(length);
        } finally {
            time.writeLock().unlock();
        }
    }

    /** Every token that somebody has refused, and why. */
    List<String> refusals() {
        return List.copyOf(refusals);
    }

    /** The keys that tokens were signed with. */
    Set<String> kids() {
        return Set.copyOf(kids);
    }

    int count() {
        return count.get();
    }

    private void go() {
        Deque<String> kept = new ArrayDeque<>();
        while (!isOver) {
            time.readLock().lock();
            try {
                String token = minted();
                kept.addLast(token);
                if (kept.size() > KEPT) {
                    kept.removeFirst();
                }
                kept.removeIf(this::isOverSoon);
                show(token);
                show(kept.getFirst());
                count.incrementAndGet();
            } catch (RuntimeException e) {
                // Whatever stops the traffic is something that it was not to meet.
                refusals.add("stopped: " + e);
                return;
            } finally {
                time.readLock().unlock();
            }
        }
    }

    private void show(String token) {
        String kid = part(token, 0).path("kid").asText();
        kids.add(kid);
        try {
            verifier.verify(token);
        } catch (TokenRefusedException e) {
            refusals.add("the verifier: " + e.getMessage());
        }
        Page answer = Browser.fresh()
                .requests()
                .with("Authorization", "Bearer " + token)
                .get(URI.create("http://127.0.0.1:" + function.port() + "/me"));
        if (answer.status() != 200) {
            refusals.add("the function: " + answer.status());
        }
        if (!gateway.knows(kid)) {
            refusals.add("the gateway: " + kid);
        }
    }

    private String minted() {
        Page answer = Browser.fresh()
                .from(Network.next())
                .requests()
                .post(
                        URI.create(gatehouse.issuer() + "/protocol/openid-connect/token"),
                        Map.of(
                                "grant_type", "client_credentials",
                                "client_id", "gatehouse-machine",
                                "client_secret", secret));
        return Json.of(answer).path("access_token").asText();
    }

    private boolean isOverSoon(String token) {
        return part(token, 1).path("exp").asLong()
                < Instant.now().plus(ahead).plusSeconds(5).getEpochSecond();
    }

    private static JsonNode part(String token, int index) {
        return Json.parse(
                new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[index]), StandardCharsets.UTF_8));
    }

    private TokenVerifier verifier(InstantSource clock) {
        return TokenVerifier.forIssuer(gatehouse.issuer().toString())
                .audience("gatehouse-api")
                .algorithms(Algorithm.RS256)
                .jwksUri(certificates(gatehouse))
                .time(clock)
                .build();
    }

    private static URI certificates(Gatehouse gatehouse) {
        return URI.create(gatehouse.issuer() + "/protocol/openid-connect/certs");
    }

    /** Knows the keys that were published when it last looked, up to an hour ago. */
    private final class Gateway {

        private final InstantSource clock;
        private Instant looked = Instant.EPOCH;
        private Set<String> known = Set.of();

        Gateway(InstantSource clock) {
            this.clock = clock;
        }

        synchronized boolean knows(String kid) {
            Instant now = clock.instant();
            if (now.isAfter(looked.plus(Duration.ofHours(1)))) {
                known = TokenTraffic.kids(gatehouse);
                looked = now;
            }
            return known.contains(kid);
        }
    }

    @Override
    public void close() {
        isOver = true;
        try {
            for (Thread thread : threads) {
                thread.join(Duration.ofSeconds(30).toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        function.close();
    }
}
