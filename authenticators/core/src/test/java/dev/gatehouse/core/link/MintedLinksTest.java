// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.link;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.singleuse.InMemorySingleUseStore;
import dev.gatehouse.core.singleuse.SingleUseStore;
import dev.gatehouse.core.time.MovedTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class MintedLinksTest {

    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final String CLIENT = "app";
    private static final String REDIRECT = "https://app.example.org/welcome";

    private final MovedTime time = new MovedTime();
    private final SingleUseStore store = new InMemorySingleUseStore(time);
    private final MintedLinks links = new MintedLinks(store, time);
    private final String token = Secret.random(new SecureRandom()).hash();

    private MintedLink issued() {
        MintedLink link = new MintedLink(
                "user-1", "address hash", CLIENT, REDIRECT, time.instant().plus(LIFE));
        links.issue(token, link);
        return link;
    }

    @Test
    void aLinkIsRedeemedAsItWasIssued() {
        MintedLink link = issued();

        assertThat(links.redeem(token, CLIENT, REDIRECT).accepted()).contains(link);
    }

    @Test
    void aLinkIsRedeemedOnce() {
        issued();
        assertThat(links.redeem(token, CLIENT, REDIRECT).accepted()).isPresent();

        assertThat(links.redeem(token, CLIENT, REDIRECT).refusal()).isEqualTo(Refusal.NOT_FOUND);
        assertThat(links.look(token).refusal()).isEqualTo(Refusal.NOT_FOUND);
    }

    @Test
    void lookingAnyNumberOfTimesChangesNothing() {
        issued();

        for (int i = 0; i < 100; i++) {
            assertThat(links.look(token).accepted()).isPresent();
            assertThat(links.look(token, CLIENT, REDIRECT).accepted()).isPresent();
        }
        assertThat(links.redeem(token, CLIENT, REDIRECT).accepted()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "other, https://app.example.org/welcome",
        "app, https://app.example.org/welcome/",
        "app, https://app.example.org/",
        "APP, https://app.example.org/welcome"
    })
    void inASignInToAnythingElseItIsRefusedAndNotUsedUp(String client, String redirect) {
        MintedLink link = issued();

        assertThat(links.look(token, client, redirect).refusal()).isEqualTo(Refusal.OTHER_CLIENT);
        assertThat(links.redeem(token, client, redirect).refusal()).isEqualTo(Refusal.OTHER_CLIENT);
        assertThat(links.redeem(token, CLIENT, REDIRECT).accepted()).contains(link);
    }

    @Test
    void atTheLastInstantItIsAcceptedAndFromThenOnItIsOver() {
        MintedLink link = issued();
        time.pass(LIFE.minusMillis(1));
        assertThat(links.look(token, CLIENT, REDIRECT).accepted()).isPresent();
        time.pass(Duration.ofMillis(1));

        assertThat(links.look(token).refusal()).isEqualTo(Refusal.EXPIRED);
        assertThat(links.look(token, CLIENT, REDIRECT)).isEqualTo(new MintedRedemption(link, Refusal.EXPIRED));
        assertThat(links.redeem(token, CLIENT, REDIRECT).accepted()).isEmpty();
    }

    @Test
    void anotherTokenOpensNothing() {
        issued();
        String other = Secret.random(new SecureRandom()).hash();

        assertThat(links.look(other)).isEqualTo(new MintedRedemption(null, Refusal.NOT_FOUND));
        assertThat(links.redeem(other, CLIENT, REDIRECT).accepted()).isEmpty();
    }

    @Test
    void ofManyConcurrentRedemptionsOneSucceeds() throws Exception {
        for (int round = 0; round < 20; round++) {
            String raced = Secret.random(new SecureRandom()).hash();
            links.issue(
                    raced,
                    new MintedLink(
                            "user-1", "hash", CLIENT, REDIRECT, time.instant().plus(LIFE)));
            CountDownLatch start = new CountDownLatch(1);
            ExecutorService threads = Executors.newFixedThreadPool(8);
            try {
                List<Future<MintedRedemption>> attempts = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    attempts.add(threads.submit(() -> {
                        start.await();
                        return links.redeem(raced, CLIENT, REDIRECT);
                    }));
                }
                start.countDown();
                List<MintedRedemption> answers = new ArrayList<>();
                for (Future<MintedRedemption> attempt : attempts) {
                    answers.add(attempt.get());
                }
                assertThat(answers.stream().filter(it -> it.accepted().isPresent()))
                        .hasSize(1);
            } finally {
                threads.shutdownNow();
            }
        }
    }

    @Test
    void whoComesSecondIsToldThatItIsUsed() {
        MintedLink link = issued();
        SingleUseStore raced = new SingleUseStore() {
            @Override
            public void issue(String key, Map<String, String> record, Duration life) {
                store.issue(key, record, life);
            }

            @Override
            public Optional<Map<String, String>> peek(String key) {
                return store.peek(key);
            }

            @Override
            public Optional<Map<String, String>> consume(String key) {
                // Somebody else is faster between the look and this.
                store.consume(key);
                return store.consume(key);
            }

            @Override
            public boolean claim(String key, Duration life) {
                return store.claim(key, life);
            }
        };

        assertThat(new MintedLinks(raced, time).redeem(token, CLIENT, REDIRECT))
                .isEqualTo(new MintedRedemption(link, Refusal.USED));
    }

    @Test
    void itIsNotALinkOfTheOtherKind() {
        issued();
        Browser anybody = new Browser() {
            @Override
            public boolean owns(Tab tab) {
                return true;
            }

            @Override
            public Optional<String> nonceHash(Tab tab) {
                return Optional.empty();
            }

            @Override
            public boolean has(Tab tab) {
                return true;
            }
        };

        Secret secret = Secret.random(new SecureRandom());
        links.issue(
                secret.hash(),
                new MintedLink(
                        "user-1", "hash", CLIENT, REDIRECT, time.instant().plus(LIFE)));
        assertThat(new MagicLinks(store, time).look(secret, anybody).refusal()).isEqualTo(Refusal.NOT_FOUND);
    }

    @Test
    void aRecordThatLacksSomethingIsNotReadAsALink() {
        store.issue("gatehouse.magic-link.minted." + token, Map.of("user", "user-1"), LIFE);

        assertThatIllegalStateException().isThrownBy(() -> links.look(token)).withMessageContaining("address");
    }
}
