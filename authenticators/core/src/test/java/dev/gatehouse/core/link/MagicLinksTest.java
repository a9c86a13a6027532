// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.link;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.gatehouse.core.secret.NumericCode;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.singleuse.InMemorySingleUseStore;
import dev.gatehouse.core.time.MovedTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class MagicLinksTest {

    private static final Tab TAB = new Tab("root-1", "tab-1", "execution-1");
    private static final Duration LIFE = Duration.ofMinutes(15);

    private final MovedTime time = new MovedTime();
    private final MagicLinks links = new MagicLinks(new InMemorySingleUseStore(time), time);
    private final Secret token = Secret.random(new SecureRandom());
    private final Secret nonce = Secret.random(new SecureRandom());
    private final NumericCode code = NumericCode.random(new SecureRandom(), 6);

    /** A browser, described by what it has. */
    private record FakeBrowser(
            String root, boolean hasTab, @Nullable String nonce) implements Browser {

        @Override
        public boolean owns(Tab tab) {
            return tab.rootSession().equals(root);
        }

        @Override
        public boolean has(Tab tab) {
            return hasTab;
        }

        @Override
        public Optional<String> nonceHash(Tab tab) {
            return Optional.ofNullable(nonce);
        }
    }

    private Browser asking() {
        return new FakeBrowser("root-1", true, nonce.hash());
    }

    private Link link(boolean redeemable) {
        return new Link(
                TAB,
                "app",
                "client data",
                redeemable ? "user-1" : null,
                "address hash",
                nonce.hash(),
                code.hash(nonce),
                time.instant().plus(LIFE),
                redeemable);
    }

    private void issue() {
        links.issue(token.hash(), link(true));
    }

    @Test
    void theBrowserThatAskedRedeemsAndItsTabGoesOn() {
        issue();

        Link redeemed = links.redeem(token, asking()).accepted().orElseThrow();
        assertThat(redeemed).isEqualTo(link(true));
        assertThat(links.approved(nonce.hash())).isFalse();
        links.approve(redeemed, Duration.ofMinutes(10));

        assertThat(links.approved(nonce.hash())).isTrue();
        assertThat(links.finish(nonce.hash(), TAB)).contains(new Approval(TAB, "user-1", "address hash"));
    }

    @Test
    void lookingAnyNumberOfTimesChangesNothing() {
        issue();

        for (int i = 0; i < 100; i++) {
            assertThat(links.look(token, asking()).accepted()).isPresent();
            assertThat(links.approved(nonce.hash())).isFalse();
        }
        assertThat(links.redeem(token, asking()).accepted()).isPresent();
    }

    @Test
    void aLinkIsRedeemedOnce() {
        issue();
        assertThat(links.redeem(token, asking()).accepted()).isPresent();

        assertThat(links.redeem(token, asking()).refusal()).isEqualTo(Refusal.NOT_FOUND);
    }

    @Test
    void anApprovalIsFinishedOnce() {
        issue();
        links.approve(links.redeem(token, asking()).accepted().orElseThrow(), LIFE);
        assertThat(links.finish(nonce.hash(), TAB)).isPresent();

        assertThat(links.finish(nonce.hash(), TAB)).isEmpty();
    }

    @Test
    void ofManyConcurrentRedemptionsOneSucceeds() throws Exception {
        issue();
        ExecutorService pool = Executors.newFixedThreadPool(16);
        try {
            List<Future<Boolean>> running = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                running.add(pool.submit(
                        () -> links.redeem(token, asking()).accepted().isPresent()));
            }
            int winners = 0;
            for (Future<Boolean> future : running) {
                winners += future.get() ? 1 : 0;
            }
            assertThat(winners).isEqualTo(1);
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void anotherBrowserIsRefusedAndDoesNotConsume() {
        issue();

        for (String root : List.of("", "root-2", "ROOT-1")) {
            assertThat(links.redeem(token, new FakeBrowser(root, true, nonce.hash()))
                            .refusal())
                    .isEqualTo(Refusal.OTHER_BROWSER);
        }
        assertThat(links.redeem(token, asking()).accepted()).isPresent();
    }

    @Test
    void aTabThatIsGoneOrWaitsForAnotherLinkIsRefusedAndDoesNotConsume() {
        issue();

        assertThat(links.redeem(token, new FakeBrowser("root-1", false, null)).refusal())
                .isEqualTo(Refusal.TAB_GONE);
        assertThat(links.redeem(token, new FakeBrowser("root-1", true, null)).refusal())
                .isEqualTo(Refusal.SUPERSEDED);
        assertThat(links.redeem(token, new FakeBrowser("root-1", true, "another nonce"))
                        .refusal())
                .isEqualTo(Refusal.SUPERSEDED);
        assertThat(links.redeem(token, asking()).accepted()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"899999,true", "900000,false", "900001,false"})
    void aLinkIsValidUpToItsLastMillisecond(long millis, boolean valid) {
        issue();
        time.pass(Duration.ofMillis(millis));

        assertThat(links.redeem(token, asking()).accepted().isPresent()).isEqualTo(valid);
    }

    @Test
    void anExpiredLinkCanStillBeToldFromAnUnknownOneForAWhile() {
        issue();

        time.pass(LIFE.plus(Duration.ofMinutes(9)));
        assertThat(links.look(token, asking()).refusal()).isEqualTo(Refusal.EXPIRED);
        time.pass(Duration.ofMinutes(2));
        assertThat(links.look(token, asking()).refusal()).isEqualTo(Refusal.NOT_FOUND);
    }

    @Test
    void aLinkForAnAddressThatMustNotSignInIsNeverRedeemed() {
        links.issue(token.hash(), link(false));

        assertThat(links.redeem(token, asking()).refusal()).isEqualTo(Refusal.NOT_REDEEMABLE);
        assertThat(links.approved(nonce.hash())).isFalse();
    }

    @Test
    void aLinkThatWasMadeForNobodyCannotBeApproved() {
        assertThatIllegalArgumentException().isThrownBy(() -> links.approve(link(false), LIFE));
        assertThat(links.approved(nonce.hash())).isFalse();
    }

    @Test
    void everySendWritesARecordOfTheSameShape() {
        assertThat(link(false).toRecord().keySet())
                .isEqualTo(link(true).toRecord().keySet());
        assertThat(Link.of(link(false).toRecord())).isEqualTo(link(false));
    }

    @Test
    void aCancelledLinkIsGone() {
        issue();
        links.cancel(token.hash());
        links.cancel(token.hash());

        assertThat(links.redeem(token, asking()).refusal()).isEqualTo(Refusal.NOT_FOUND);
    }

    @ParameterizedTest
    @CsvSource({"root-2,tab-1,execution-1", "root-1,tab-2,execution-1", "root-1,tab-1,execution-2"})
    void anApprovalDoesNothingForAnotherTab(String root, String tab, String execution) {
        issue();
        links.approve(links.redeem(token, asking()).accepted().orElseThrow(), LIFE);

        assertThat(links.finish(nonce.hash(), new Tab(root, tab, execution))).isEmpty();
    }

    @Test
    void anApprovalNeedsTheTabsNonce() {
        issue();
        links.approve(links.redeem(token, asking()).accepted().orElseThrow(), LIFE);

        assertThat(links.finish(Secret.random(new SecureRandom()).hash(), TAB)).isEmpty();
        assertThat(links.finish(token.hash(), TAB)).isEmpty();
        assertThat(links.finish(nonce.hash(), TAB)).isPresent();
    }

    @Test
    void anApprovalEndsWithItsTime() {
        issue();
        links.approve(links.redeem(token, asking()).accepted().orElseThrow(), Duration.ofMinutes(10));
        time.pass(Duration.ofMinutes(10));

        assertThat(links.approved(nonce.hash())).isFalse();
        assertThat(links.finish(nonce.hash(), TAB)).isEmpty();
    }

    private Redemption typed(String digits) {
        return links.redeem(token.hash(), NumericCode.parse(digits).orElseThrow(), TAB, nonce);
    }

    private String wrong() {
        return code.reveal().equals("000000") ? "000001" : "000000";
    }

    @Test
    void theCodeTypedInTheTabConsumesTheLink() {
        issue();

        assertThat(typed(code.reveal()).accepted()).contains(link(true));
        assertThat(typed(code.reveal()).refusal()).isEqualTo(Refusal.NOT_FOUND);
        assertThat(links.look(token, asking()).refusal()).isEqualTo(Refusal.NOT_FOUND);
    }

    @Test
    void lookingAtACodeChangesNothing() {
        issue();
        for (int i = 0; i < 10; i++) {
            assertThat(links.look(token.hash(), code, TAB, nonce).accepted()).isPresent();
        }

        assertThat(links.of(token.hash())).contains(link(true));
        assertThat(typed(code.reveal()).accepted()).isPresent();
    }

    @Test
    void aWrongCodeConsumesNothing() {
        issue();

        assertThat(typed(wrong()).refusal()).isEqualTo(Refusal.WRONG_CODE);
        assertThat(typed(code.reveal()).accepted()).isPresent();
    }

    @Test
    void aCodeIsForItsTabAndItsNonceOnly() {
        issue();

        assertThat(links.redeem(token.hash(), code, new Tab("root-1", "tab-2", "execution-1"), nonce)
                        .refusal())
                .isEqualTo(Refusal.SUPERSEDED);
        assertThat(links.redeem(token.hash(), code, TAB, Secret.random(new SecureRandom()))
                        .refusal())
                .isEqualTo(Refusal.SUPERSEDED);
        assertThat(links.redeem("another mail", code, TAB, nonce).refusal()).isEqualTo(Refusal.NOT_FOUND);
        assertThat(typed(code.reveal()).accepted()).isPresent();
    }

    @Test
    void aCodeEndsWithItsLink() {
        issue();
        time.pass(LIFE);

        assertThat(typed(code.reveal()).refusal()).isEqualTo(Refusal.EXPIRED);
    }

    @Test
    void theRightCodeOfALinkForNobodySignsNobodyIn() {
        links.issue(token.hash(), link(false));

        assertThat(typed(code.reveal()).refusal()).isEqualTo(Refusal.NOT_REDEEMABLE);
        assertThat(typed(wrong()).refusal()).isEqualTo(Refusal.WRONG_CODE);
    }

    @Test
    void aLinkForAnAccountThatIsToBeMadeIsApprovedForNobody() {
        Link newcomer = new Link(
                TAB,
                "app",
                "data",
                null,
                "address hash",
                nonce.hash(),
                code.hash(nonce),
                time.instant().plus(LIFE),
                true);
        links.issue(token.hash(), newcomer);
        links.approve(links.redeem(token, asking()).accepted().orElseThrow(), LIFE);

        assertThat(links.finish(nonce.hash(), TAB)).contains(new Approval(TAB, null, "address hash"));
    }
}
