// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.limit;

import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;

import dev.gatehouse.core.limit.Bucket;
import dev.gatehouse.core.limit.FailureMode;
import dev.gatehouse.core.limit.LocalPermitStore;
import dev.gatehouse.core.limit.PermitStore;
import dev.gatehouse.core.limit.Rate;
import dev.gatehouse.core.limit.RateLimiter;
import dev.gatehouse.core.limit.StoreUnavailableException;
import dev.gatehouse.core.time.MovedTime;
import dev.gatehouse.spi.address.ClientAddresses;
import dev.gatehouse.spi.device.DeviceMarks;
import dev.gatehouse.spi.fake.CapturedLog;
import dev.gatehouse.spi.fake.FakeOptions;
import dev.gatehouse.spi.fake.FakeRealm;
import dev.gatehouse.spi.fake.FakeServer;
import dev.gatehouse.spi.fake.FakeSession;
import dev.gatehouse.spi.fake.FakeUser;
import dev.gatehouse.spi.limit.Verdict.Outcome;
import dev.gatehouse.spi.settings.RealmAttributes;
import dev.gatehouse.spi.settings.ToldProblems;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.ws.rs.core.Cookie;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RealmLimiterTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Five a minute from one address. */
    private static final Attempt LOGIN = Attempt.at("login", LimitRule.LOGIN_ADDRESS);

    /** Five a minute from one address, and ten in a quarter of an hour at one name. */
    private static final Attempt KIM =
            Attempt.at("login", LimitRule.LOGIN_ADDRESS, LimitRule.LOGIN_NAME).naming("kim");

    private static final Attempt NAMED = Attempt.at("login", LimitRule.LOGIN_NAME);

    /** Permits of a memory that can be away. */
    private final class SharedStore implements PermitStore {

        private final LocalPermitStore permits = new LocalPermitStore(time, 100);
        private boolean away;

        private LocalPermitStore reached() {
            if (away) {
                throw new StoreUnavailableException("no answer");
            }
            return permits;
        }

        @Override
        public Answer take(Bucket bucket) {
            return reached().take(bucket);
        }

        @Override
        public void giveBack(Bucket bucket, String permit) {
            reached().giveBack(bucket, permit);
        }

        @Override
        public Duration peek(Bucket bucket) {
            return reached().peek(bucket);
        }

        @Override
        public void clear(String subject, Duration life) {
            reached().clear(subject, life);
        }
    }

    private final MovedTime time = new MovedTime();
    private final FakeRealm shop = new FakeRealm("realm-1", "shop");
    private final FakeRealm club = new FakeRealm("realm-2", "club");
    private final FakeServer server = new FakeServer(time).with(shop).with(club);
    private final FakeUser kim = new FakeUser("user-1", "kim", "kim@example.org");
    private final SharedStore store = new SharedStore();
    private final ToldProblems told = new ToldProblems();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final CapturedLog attributesLog = new CapturedLog(RealmAttributes.class);
    private final CapturedLog metricsLog = new CapturedLog(LimitMetrics.class);
    private final LimitMetrics metrics = new LimitMetrics("redis", "each node counts for itself");
    private RateLimiter process = process(FailureMode.LOCAL);

    private RateLimiter process(FailureMode mode) {
        return new RateLimiter(store, new LocalPermitStore(time, 100), mode, time, metrics);
    }

    @BeforeEach
    void watch() {
        server.base("https://id.example.org/");
        Metrics.addRegistry(registry);
    }

    @AfterEach
    void end() {
        Metrics.removeRegistry(registry);
        attributesLog.close();
        metricsLog.close();
    }

    private RealmLimiter limiter(FakeSession request) {
        try (FakeOptions none = new FakeOptions(Map.of())) {
            assertThat(none.getConfig()).isNotNull();
            return new RealmLimiter(request.model(), process, ClientAddresses.fromServer(1), metrics, told);
        }
    }

    /** One request, with an attempt in it. */
    private Verdict tries(FakeRealm realm, Attempt attempt) {
        return limiter(server.request(realm)).acquire(realm.model(), attempt);
    }

    private Verdict tries(Attempt attempt) {
        return tries(shop, attempt);
    }

    /** As many requests as all have to end in {@code outcome}. */
    private void allEnd(Outcome outcome, int requests, Attempt attempt) {
        assertThat(IntStream.range(0, requests).mapToObj(i -> tries(attempt)))
                .extracting(Verdict::outcome)
                .containsOnly(outcome)
                .hasSize(requests);
    }

    private double counted(String rule, String outcome) {
        var counter = registry.find("gatehouse.rate.limit")
                .tags("rule", rule, "outcome", outcome)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    // modes

    @Test
    void aRealmThatSaysNothingEnforcesTheDefaults() {
        allEnd(Outcome.ALLOWED, 5, LOGIN);

        assertThat(tries(LOGIN)).isEqualTo(new Verdict(Outcome.REFUSED, "login-address", MINUTE, null));
        time.pass(MINUTE.minusMillis(1));
        assertThat(tries(LOGIN).outcome()).isEqualTo(Outcome.REFUSED);
        time.pass(Duration.ofMillis(1));
        allEnd(Outcome.ALLOWED, 5, LOGIN);
    }

    @Test
    void aVerdictThatGoesOnNamesNoRuleAndNoWait() {
        Verdict verdict = tries(LOGIN);

        assertThat(verdict.rule()).isEmpty();
        assertThat(verdict.retryAfter()).isZero();
        assertThat(verdict.permits()).isNotNull();
    }

    @Test
    void aRealmThatObservesRefusesNothingAndCounts() {
        shop.attribute("gatehouse.limits.mode", "observe");
        allEnd(Outcome.ALLOWED, 5, LOGIN);
        allEnd(Outcome.OBSERVED, 3, LOGIN);

        shop.attribute("gatehouse.limits.mode", "enforce");
        allEnd(Outcome.REFUSED, 1, LOGIN);
    }

    @Test
    void aRealmWhoseLimitsAreOffCountsNothing() {
        shop.attribute("gatehouse.limits.mode", "off").attribute("gatehouse.limits.deny", "0.0.0.0/0");
        allEnd(Outcome.EXEMPT, 9, LOGIN);

        shop.attribute("gatehouse.limits.mode", "enforce").attribute("gatehouse.limits.deny", "");
        allEnd(Outcome.ALLOWED, 5, LOGIN);
    }

    @Test
    void eachRealmHasCountersOfItsOwn() {
        allEnd(Outcome.ALLOWED, 5, LOGIN);

        assertThat(tries(club, LOGIN).outcome()).isEqualTo(Outcome.ALLOWED);
    }

    // lists

    @Test
    void anAddressOnTheAllowListIsNotCountedWhateverTheOtherListSays() {
        shop.attribute("gatehouse.limits.allow", "192.0.2.0/28").attribute("gatehouse.limits.deny", "192.0.2.0/24");

        allEnd(Outcome.EXEMPT, 9, LOGIN);

        shop.attribute("gatehouse.limits.allow", "").attribute("gatehouse.limits.deny", "");
        allEnd(Outcome.ALLOWED, 5, LOGIN);
    }

    @Test
    void anAddressOnTheDenyListIsRefusedWithNothingToWaitForAndNotCounted() {
        shop.attribute("gatehouse.limits.deny", "192.0.2.0/28");

        for (int i = 0; i < 9; i++) {
            assertThat(tries(LOGIN)).isEqualTo(new Verdict(Outcome.DENIED, "deny-list", Duration.ZERO, null));
        }
        server.remoteAddress("192.0.2.16");
        allEnd(Outcome.ALLOWED, 1, LOGIN);

        server.remoteAddress("192.0.2.1");
        shop.attribute("gatehouse.limits.deny", "");
        allEnd(Outcome.ALLOWED, 5, LOGIN);
    }

    @Test
    void theDenyListOfARealmThatObservesRefusesNobody() {
        shop.attribute("gatehouse.limits.deny", "192.0.2.0/28").attribute("gatehouse.limits.mode", "observe");

        allEnd(Outcome.OBSERVED, 9, LOGIN);
        assertThat(counted("deny-list", "observed")).isEqualTo(9);
    }

    @Test
    void anAddressThatNobodyCanTellIsOnNoList() {
        server.remoteAddress(null);
        shop.attribute("gatehouse.limits.allow", "0.0.0.0/0, ::/0").attribute("gatehouse.limits.deny", "0.0.0.0/0");

        allEnd(Outcome.ALLOWED, 5, LOGIN);
        allEnd(Outcome.REFUSED, 1, LOGIN);
    }

    // marks

    private Map<String, Cookie> markedBrowser() {
        DeviceMarks.mark(server.request(shop).model(), shop.model(), kim.model());
        return Map.copyOf(server.cookies());
    }

    private void isBrowser(Map<String, Cookie> cookies) {
        server.cookies().clear();
        server.cookies().putAll(cookies);
    }

    @Test
    void aMarkedBrowserHasItsOwnBudgetAndAStrangerCannotTouchIt() {
        shop.attribute("gatehouse.deviceMarks", "true");
        Map<String, Cookie> marked = markedBrowser();
        isBrowser(Map.of());
        allEnd(Outcome.ALLOWED, 5, KIM);
        allEnd(Outcome.REFUSED, 1, KIM);

        isBrowser(marked);
        allEnd(Outcome.ALLOWED, 3, KIM);
        server.remoteAddress("198.51.100.9");
        allEnd(Outcome.ALLOWED, 2, KIM.naming("kim@example.org"));
        allEnd(Outcome.REFUSED, 1, KIM);

        // Nor does it use up what strangers have, wherever it was.
        isBrowser(Map.of());
        allEnd(Outcome.ALLOWED, 5, KIM);
    }

    @Test
    void aMarkIsForNobodyElseAndForNoAttemptThatNamesNobody() {
        shop.attribute("gatehouse.deviceMarks", "true");
        isBrowser(markedBrowser());
        allEnd(Outcome.ALLOWED, 5, KIM);

        allEnd(Outcome.ALLOWED, 3, KIM.naming("lee"));
        allEnd(Outcome.ALLOWED, 2, LOGIN);
        allEnd(Outcome.REFUSED, 1, LOGIN);
        allEnd(Outcome.REFUSED, 1, KIM.naming("lee"));
    }

    @Test
    void withoutTheSwitchNoBrowserIsKnown() {
        Map<String, Cookie> marked = markedBrowser();
        isBrowser(Map.of());
        allEnd(Outcome.ALLOWED, 5, KIM);

        isBrowser(marked);
        allEnd(Outcome.REFUSED, 1, KIM);
    }

    // permits

    @Test
    void exactlyWhatAnAttemptTookIsGivenBackAndOnlyOnce() {
        Verdict first = tries(KIM);
        allEnd(Outcome.ALLOWED, 4, KIM);
        RealmLimiter limiter = limiter(server.request(shop));

        limiter.giveBack(first);
        limiter.giveBack(first);

        allEnd(Outcome.ALLOWED, 1, KIM);
        allEnd(Outcome.REFUSED, 1, KIM);
        // Five are counted by name now, of ten.
        server.remoteAddress("192.0.2.1");
        time.pass(MINUTE);
        allEnd(Outcome.ALLOWED, 5, KIM);
        time.pass(MINUTE);
        assertThat(tries(KIM).rule()).isEqualTo("login-name");
    }

    @Test
    void aVerdictWithoutPermitsGivesNothingBack() {
        allEnd(Outcome.ALLOWED, 5, LOGIN);
        RealmLimiter limiter = limiter(server.request(shop));

        limiter.giveBack(tries(LOGIN));
        shop.attribute("gatehouse.limits.mode", "observe");
        limiter.giveBack(tries(LOGIN));
        shop.attribute("gatehouse.limits.mode", "off");
        limiter.giveBack(tries(LOGIN));

        shop.attribute("gatehouse.limits.mode", "enforce");
        allEnd(Outcome.REFUSED, 1, LOGIN);
    }

    // rates

    @Test
    void theRateOfTheStepWinsOverTheRealmsAndTheRealmsOverTheDefault() {
        shop.attribute("gatehouse.limits.login.address", "3/1m");
        allEnd(Outcome.ALLOWED, 3, LOGIN);
        allEnd(Outcome.REFUSED, 1, LOGIN);

        allEnd(Outcome.ALLOWED, 4, LOGIN.with(Map.of(LimitRule.LOGIN_ADDRESS, new Rate(7, MINUTE))));
        allEnd(Outcome.REFUSED, 1, LOGIN.with(Map.of(LimitRule.LOGIN_ADDRESS, new Rate(7, MINUTE))));
    }

    @Test
    void aStepThatSetsOneRateHasTheRealmsForTheOthers() {
        Attempt own = KIM.with(Map.of(LimitRule.LOGIN_NAME, new Rate(100, MINUTE)));

        allEnd(Outcome.ALLOWED, 5, own);
        assertThat(tries(own).rule()).isEqualTo("login-address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lots", "0/1m", "-1/1m", "1001/1m", "5/2d", "5", "5/1m, 6/1m"})
    void aWrongRateIsTheDefaultAndOneWarning(String rate) {
        shop.attribute("gatehouse.limits.login.address", rate);

        allEnd(Outcome.ALLOWED, 5, LOGIN);
        allEnd(Outcome.REFUSED, 1, LOGIN);

        assertThat(attributesLog.warnings())
                .containsExactly("An attribute of realm shop counts as not set: gatehouse.limits.login.address is \""
                        + rate + "\" but must be " + Rate.RANGE);
    }

    @Test
    void aWrongModeOrListIsTheDefaultAndOneWarningEach() {
        shop.attribute("gatehouse.limits.mode", "OFF")
                .attribute("gatehouse.limits.allow", "192.0.2.0/24, everywhere")
                .attribute("gatehouse.limits.deny", "192.0.2.0/24; 10.0.0.0/8");

        allEnd(Outcome.ALLOWED, 5, LOGIN);
        allEnd(Outcome.REFUSED, 4, LOGIN);

        assertThat(attributesLog.warnings()).hasSize(3);
    }

    // headers

    @Test
    void withTheSwitchAnswersHaveThePolicyAndRefusalsTheWait() {
        shop.attribute("gatehouse.limits.headers", "true");
        FakeSession request = server.request(shop);

        limiter(request).acquire(shop.model(), KIM);

        assertThat(request.responseHeaders())
                .containsExactlyEntriesOf(
                        Map.of("RateLimit-Policy", "\"login-address\";q=5;w=60, \"login-name\";q=10;w=900"));

        allEnd(Outcome.ALLOWED, 4, KIM);
        time.pass(Duration.ofMillis(1));
        limiter(request).acquire(shop.model(), KIM);

        assertThat(request.responseHeaders())
                .containsOnlyKeys("RateLimit-Policy", "RateLimit")
                .containsEntry("RateLimit", "\"login-address\";r=0;t=60");
    }

    @Test
    void aRealmThatObservesTellsInHeadersWhatItWouldHaveRefused() {
        shop.attribute("gatehouse.limits.headers", "true").attribute("gatehouse.limits.mode", "observe");
        allEnd(Outcome.ALLOWED, 5, LOGIN);
        FakeSession request = server.request(shop);

        limiter(request).acquire(shop.model(), LOGIN);

        assertThat(request.responseHeaders()).containsEntry("RateLimit", "\"login-address\";r=0;t=60");
    }

    @Test
    void withoutTheSwitchThereAreNoHeaders() {
        FakeSession request = server.request(shop);
        for (int i = 0; i < 6; i++) {
            limiter(request).acquire(shop.model(), LOGIN);
        }

        assertThat(request.responseHeaders()).isEmpty();
    }

    @Test
    void aRuleThatRefusesWithoutAWordSaysNothingInHeadersEither() {
        shop.attribute("gatehouse.limits.headers", "true");
        FakeSession request = server.request(shop);
        for (int i = 0; i < 6; i++) {
            limiter(request)
                    .acquire(
                            shop.model(),
                            Attempt.at("send", LimitRule.SEND_NAME).naming("kim@example.org"));
        }

        assertThat(request.responseHeaders()).isEmpty();
    }

    // looks

    @Test
    void aLookCountsNothingUntilItIsAskedTo() {
        FakeSession request = server.request(shop);
        Look look = limiter(request).look(shop.model(), LOGIN);
        for (int i = 0; i < 20; i++) {
            look = limiter(request).look(shop.model(), LOGIN);
        }
        assertThat(look.verdict().outcome()).isEqualTo(Outcome.ALLOWED);

        for (int i = 0; i < 5; i++) {
            look.count().run();
        }

        assertThat(limiter(request).look(shop.model(), LOGIN).verdict().outcome())
                .isEqualTo(Outcome.REFUSED);
        assertThat(limiter(request).acquire(shop.model(), LOGIN).outcome()).isEqualTo(Outcome.REFUSED);
    }

    // metrics

    @Test
    void everyDecisionIsCountedByRuleAndOutcome() {
        allEnd(Outcome.ALLOWED, 5, KIM);
        allEnd(Outcome.REFUSED, 2, KIM);
        shop.attribute("gatehouse.limits.mode", "observe");
        allEnd(Outcome.OBSERVED, 3, KIM);
        shop.attribute("gatehouse.limits.mode", "enforce").attribute("gatehouse.limits.deny", "192.0.2.1");
        allEnd(Outcome.DENIED, 4, KIM);

        assertThat(counted("login-address", "allowed")).isEqualTo(5);
        assertThat(counted("login-name", "allowed")).isEqualTo(5);
        assertThat(counted("login-address", "refused")).isEqualTo(2);
        assertThat(counted("login-name", "refused")).isZero();
        assertThat(counted("login-address", "observed")).isEqualTo(3);
        assertThat(counted("deny-list", "denied")).isEqualTo(4);
    }

    // clearing

    @Test
    void clearingAUserEmptiesTheCountersOfBothNamesInEveryBrowserAndNoOther() {
        shop.attribute("gatehouse.deviceMarks", "true").attribute("gatehouse.limits.login.name", "1/1h");
        Map<String, Cookie> marked = markedBrowser();
        allEnd(Outcome.ALLOWED, 1, NAMED.naming("kim"));
        isBrowser(Map.of());
        for (String name : new String[] {"Kim", "kim@example.org", "lee"}) {
            allEnd(Outcome.ALLOWED, 1, NAMED.naming(name));
            allEnd(Outcome.REFUSED, 1, NAMED.naming(name));
        }

        limiter(server.request(shop)).clear(shop.model(), kim.model());

        allEnd(Outcome.ALLOWED, 1, NAMED.naming("kim"));
        allEnd(Outcome.ALLOWED, 1, NAMED.naming("KIM@example.org"));
        allEnd(Outcome.REFUSED, 1, NAMED.naming("lee"));
        isBrowser(marked);
        allEnd(Outcome.ALLOWED, 1, NAMED.naming("kim"));
        allEnd(Outcome.REFUSED, 1, NAMED.naming("kim"));
    }

    @Test
    void clearingAUserLeavesTheCounterOfTheAddress() {
        allEnd(Outcome.ALLOWED, 5, KIM);

        limiter(server.request(shop)).clear(shop.model(), kim.email(null).model());

        assertThat(tries(KIM).rule()).isEqualTo("login-address");
    }

    @Test
    void clearingAUserOfOneRealmLeavesTheSameNameInAnother() {
        shop.attribute("gatehouse.limits.login.name", "1/1h");
        club.attribute("gatehouse.limits.login.name", "1/1h");
        tries(shop, NAMED.naming("kim"));
        tries(club, NAMED.naming("kim"));

        limiter(server.request(shop)).clear(shop.model(), kim.model());

        assertThat(tries(shop, NAMED.naming("kim")).outcome()).isEqualTo(Outcome.ALLOWED);
        assertThat(tries(club, NAMED.naming("kim")).outcome()).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void clearingARealmEmptiesAllItsCountersAndThoseOfNoOther() {
        shop.attribute("gatehouse.limits.login.name", "1/1h");
        allEnd(Outcome.ALLOWED, 5, LOGIN);
        allEnd(Outcome.ALLOWED, 1, NAMED.naming("lee"));
        for (int i = 0; i < 5; i++) {
            tries(club, LOGIN);
        }

        limiter(server.request(shop)).clearAll(shop.model());

        allEnd(Outcome.ALLOWED, 5, LOGIN);
        allEnd(Outcome.ALLOWED, 1, NAMED.naming("lee"));
        assertThat(tries(club, LOGIN).outcome()).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void whoClearsIsToldThatTheStoreIsAway() {
        store.away = true;
        RealmLimiter limiter = limiter(server.request(shop));

        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> limiter.clearAll(shop.model()));
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> limiter.clear(shop.model(), kim.model()));
    }

    // the store is away

    @Test
    void whileTheStoreIsAwayTheNodeCountsForItselfWithWhatItHasSeen() {
        allEnd(Outcome.ALLOWED, 2, LOGIN);
        store.away = true;

        allEnd(Outcome.ALLOWED, 3, LOGIN);
        assertThat(tries(LOGIN)).isEqualTo(new Verdict(Outcome.REFUSED, "login-address", MINUTE, null));
    }

    @Test
    void whileTheStoreIsAwayEveryTryGoesThroughIfTheOperatorSaysSo() {
        process = process(FailureMode.ALLOW);
        store.away = true;

        allEnd(Outcome.ALLOWED, 20, LOGIN);
    }

    @Test
    void whileTheStoreIsAwayNoTryGoesThroughIfTheOperatorSaysSo() {
        process = process(FailureMode.DENY);
        store.away = true;

        for (int i = 0; i < 3; i++) {
            assertThat(tries(KIM))
                    .isEqualTo(new Verdict(Outcome.UNAVAILABLE, "login-address", Duration.ofSeconds(5), null));
        }
        assertThat(counted("login-address", "unavailable")).isEqualTo(3);

        shop.attribute("gatehouse.limits.mode", "observe");
        allEnd(Outcome.OBSERVED, 1, KIM);
    }

    @Test
    void aPermitIsGivenBackWhileTheStoreIsAwayWithoutAnError() {
        Verdict first = tries(LOGIN);
        store.away = true;

        limiter(server.request(shop)).giveBack(first);

        allEnd(Outcome.ALLOWED, 5, LOGIN);
        allEnd(Outcome.REFUSED, 1, LOGIN);
    }

    @Test
    void aStoreThatIsAwayIsOneWarningHoweverManyTriesAndTellsNothingOfThem() {
        store.away = true;
        for (int i = 0; i < 4; i++) {
            tries(KIM);
            time.pass(Duration.ofSeconds(6));
        }
        store.away = false;
        tries(KIM);
        tries(KIM);

        assertThat(metricsLog.warnings())
                .containsExactly("The store of rate limits, redis, does not answer; until it does, each node counts "
                        + "for itself: no answer");
        assertThat(metricsLog.infos()).containsExactly("The store of rate limits, redis, answers again");
        assertThat(registry.get("gatehouse.rate.limit.store.failures").counter().count())
                .isEqualTo(4);
    }
}
