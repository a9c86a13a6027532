// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.limit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import dev.gatehouse.core.limit.Bucket;
import dev.gatehouse.core.limit.Rate;
import dev.gatehouse.core.net.IpAddress;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LimitKeysTest {

    private static final Rate RATE = new Rate(5, Duration.ofMinutes(1));
    private static final String ADDRESS = "192.0.2.1";
    private static final String MARK = "mark-of-kim";

    private static LimitKeys keys(String secret, @Nullable String address, @Nullable String mark) {
        return new LimitKeys(
                secret.getBytes(StandardCharsets.UTF_8),
                Optional.ofNullable(address).map(text -> IpAddress.parse(text).orElseThrow()),
                Optional.ofNullable(mark));
    }

    private static LimitKeys at(@Nullable String address) {
        return keys("secret", address, null);
    }

    private static List<Bucket> buckets(LimitKeys keys, LimitRule rule, String endpoint, @Nullable String name) {
        return keys.buckets(rule, RATE, Attempt.at(endpoint, rule).naming(name));
    }

    private static Bucket only(LimitKeys keys, LimitRule rule, String endpoint, @Nullable String name) {
        List<Bucket> buckets = buckets(keys, rule, endpoint, name);
        assertThat(buckets).hasSize(1);
        return buckets.get(0);
    }

    private static String key(LimitKeys keys, LimitRule rule, String endpoint, @Nullable String name) {
        return only(keys, rule, endpoint, name).key();
    }

    private static Stream<String> texts(Bucket bucket) {
        return Stream.concat(Stream.of(bucket.key()), bucket.subjects().stream());
    }

    @ParameterizedTest
    @EnumSource
    void aCounterIsKeptForWhatTheRuleCountsByAndForNothingElse(LimitRule rule) {
        String key = key(at(ADDRESS), rule, "login", "kim");

        assertThat(key(at(ADDRESS), rule, "login", "kim")).isEqualTo(key);
        isAnother(rule, LimitRule.KeyPart.ADDRESS, key, key(at("192.0.2.2"), rule, "login", "kim"));
        isAnother(rule, LimitRule.KeyPart.ENDPOINT, key, key(at(ADDRESS), rule, "token", "kim"));
        isAnother(rule, LimitRule.KeyPart.NAME, key, key(at(ADDRESS), rule, "login", "lee"));
    }

    private static void isAnother(LimitRule rule, LimitRule.KeyPart part, String key, String other) {
        assertThat(other.equals(key))
                .as("same key for another %s", part)
                .isEqualTo(!rule.parts().contains(part));
    }

    @Test
    void noTwoRulesShareACounterMarkedOrNot() {
        Set<String> seen = new HashSet<>();
        for (LimitRule rule : LimitRule.values()) {
            assertThat(seen.add(key(at(ADDRESS), rule, "login", "kim"))).isTrue();
            assertThat(seen.add(key(keys("secret", ADDRESS, MARK), rule, "login", "kim")))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theCounterOfAMarkIsTheSameFromEverywhereAndInAnAreaThatStrangersCannotFill(LimitRule rule) {
        Bucket marked = only(keys("secret", ADDRESS, MARK), rule, "login", "kim");

        assertThat(marked.area()).isEqualTo(Bucket.Area.KNOWN);
        assertThat(marked.rule()).isEqualTo(rule.text());
        assertThat(marked.rate()).isEqualTo(RATE);
        assertThat(key(keys("secret", "2001:db8::1", MARK), rule, "login", "kim@example.org"))
                .isEqualTo(marked.key());
        assertThat(key(keys("secret", ADDRESS, "another"), rule, "login", "kim"))
                .isNotEqualTo(marked.key());
        isAnother(
                rule,
                LimitRule.KeyPart.ENDPOINT,
                marked.key(),
                key(keys("secret", ADDRESS, MARK), rule, "token", "kim"));
    }

    @Test
    void whatStrangersChooseIsInTheAreasOfWhatTheyChoose() {
        assertThat(only(at(ADDRESS), LimitRule.LOGIN_NAME, "login", "kim").area())
                .isEqualTo(Bucket.Area.TYPED);
        assertThat(only(at(ADDRESS), LimitRule.SEND_NAME, "login", "kim").area())
                .isEqualTo(Bucket.Area.TYPED);
        assertThat(only(at(ADDRESS), LimitRule.LOGIN_ADDRESS, "login", "kim").area())
                .isEqualTo(Bucket.Area.ADDRESS);
    }

    @ParameterizedTest
    @EnumSource
    void aStoreHoldsHashesOfOneShortLengthAndNoNameAddressOrMark(LimitRule rule) {
        String longName = "kim" + "m".repeat(10_000);
        for (LimitKeys keys : List.of(at(ADDRESS), at("2001:db8::1"), at(null), keys("secret", ADDRESS, MARK))) {
            for (String name : List.of("kim", longName, "kim\u0000\u200b\n")) {
                assertThat(buckets(keys, rule, "login", name).stream().flatMap(LimitKeysTest::texts))
                        .allSatisfy(text -> assertThat(text).matches("[A-Za-z0-9_-]{24}"))
                        .noneMatch(text -> text.contains("kim") || text.contains(MARK));
            }
        }
    }

    @Test
    void anotherSecretMakesNothingButOtherKeysAndSubjects() {
        Set<String> ofShop = new HashSet<>();
        Set<String> ofClub = new HashSet<>();
        for (LimitRule rule : LimitRule.values()) {
            for (@Nullable String mark : new @Nullable String[] {null, MARK}) {
                buckets(keys("shop", "2001:db8::1", mark), rule, "login", "kim").stream()
                        .flatMap(LimitKeysTest::texts)
                        .forEach(ofShop::add);
                buckets(keys("club", "2001:db8::1", mark), rule, "login", "kim").stream()
                        .flatMap(LimitKeysTest::texts)
                        .forEach(ofClub::add);
            }
        }

        assertThat(ofShop).isNotEmpty().doesNotContainAnyElementsOf(ofClub);
    }

    @Test
    void anIpv6AddressIsCountedByItsLineAndMoreWidelyByWhatOneCustomerCanHave() {
        List<Bucket> one = buckets(at("2001:db8:1:203::1"), LimitRule.LOGIN_ADDRESS, "login", null);
        List<Bucket> sameLine = buckets(at("2001:db8:1:203:ffff::2"), LimitRule.LOGIN_ADDRESS, "login", null);
        List<Bucket> same56 = buckets(at("2001:db8:1:2ff::1"), LimitRule.LOGIN_ADDRESS, "login", null);
        List<Bucket> same48 = buckets(at("2001:db8:1:303::1"), LimitRule.LOGIN_ADDRESS, "login", null);
        List<Bucket> other = buckets(at("2001:db8:2:203::1"), LimitRule.LOGIN_ADDRESS, "login", null);

        assertThat(one)
                .extracting(Bucket::rate)
                .containsExactly(RATE, new Rate(20, Duration.ofMinutes(1)), new Rate(80, Duration.ofMinutes(1)));
        assertThat(one).extracting(Bucket::key).doesNotHaveDuplicates();
        assertThat(sameLine).isEqualTo(one);
        assertThat(shared(one, same56)).containsExactly(false, true, true);
        assertThat(shared(one, same48)).containsExactly(false, false, true);
        assertThat(shared(one, other)).containsExactly(false, false, false);
    }

    private static List<Boolean> shared(List<Bucket> some, List<Bucket> others) {
        return Stream.of(0, 1, 2)
                .map(i -> some.get(i).key().equals(others.get(i).key()))
                .toList();
    }

    @Test
    void aNameFromAnIpv6AddressIsCountedByTheLineOnly() {
        String key = key(at("2001:db8:1:203::1"), LimitRule.LOGIN_NAME, "login", "kim");

        assertThat(key(at("2001:db8:1:203:ffff::2"), LimitRule.LOGIN_NAME, "login", "kim"))
                .isEqualTo(key);
        assertThat(key(at("2001:db8:1:204::1"), LimitRule.LOGIN_NAME, "login", "kim"))
                .isNotEqualTo(key);
    }

    @Test
    void anIpv4AddressIsOneHoweverItIsWritten() {
        assertThat(key(at("::ffff:192.0.2.1"), LimitRule.LOGIN_ADDRESS, "login", null))
                .isEqualTo(key(at(ADDRESS), LimitRule.LOGIN_ADDRESS, "login", null));
    }

    @Test
    void allWhoseAddressNobodyCanTellShareOneCounter() {
        String unknown = key(at(null), LimitRule.LOGIN_ADDRESS, "login", null);

        assertThat(key(at(null), LimitRule.LOGIN_ADDRESS, "login", "kim")).isEqualTo(unknown);
        assertThat(key(at(ADDRESS), LimitRule.LOGIN_ADDRESS, "login", null)).isNotEqualTo(unknown);
        assertThat(key(at("0.0.0.0"), LimitRule.LOGIN_ADDRESS, "login", null)).isNotEqualTo(unknown);
        assertThat(key(at(null), LimitRule.LOGIN_NAME, "login", "kim"))
                .isNotEqualTo(key(at(null), LimitRule.LOGIN_NAME, "login", "lee"));
    }

    @Test
    void whatIsTheSameWhenWrittenOneAfterAnotherIsNotTheSameKey() {
        // login192.0.2.1/32, both.
        assertThat(key(at("192.0.2.1"), LimitRule.LOGIN_ADDRESS, "login", null))
                .isNotEqualTo(key(at("92.0.2.1"), LimitRule.LOGIN_ADDRESS, "login1", null));
        assertThat(at(ADDRESS).realmSubject())
                .isNotEqualTo(at(ADDRESS).subject(""))
                .isNotEqualTo(at(ADDRESS).subject("all"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"KIM", " kim ", "k\u200bim", "\uff2b\uff29\uff2d", "ki\u0307m"})
    void allWaysToWriteANameAreOneKeyAndOneSubject(String typed) {
        LimitKeys keys = at(ADDRESS);

        assertThat(only(keys, LimitRule.LOGIN_NAME, "login", typed))
                .isEqualTo(only(keys, LimitRule.LOGIN_NAME, "login", "kim"));
        assertThat(keys.subject(typed)).isEqualTo(keys.subject("kim"));
    }

    @Test
    void theSubjectsOfACounterAreTheRealmAndWhoIsNamed() {
        LimitKeys keys = at(ADDRESS);
        LimitKeys marked = keys("secret", ADDRESS, MARK);

        assertThat(only(keys, LimitRule.LOGIN_NAME, "login", "kim").subjects())
                .containsExactly(keys.realmSubject(), keys.subject("kim"));
        assertThat(only(marked, LimitRule.LOGIN_ADDRESS, "login", "kim").subjects())
                .containsExactly(keys.realmSubject(), keys.subject("kim"));
        assertThat(only(keys, LimitRule.LOGIN_NAME, "login", null).subjects()).containsExactly(keys.realmSubject());
        // Who clears an account must not clear an address from which others are guessed at.
        assertThat(only(keys, LimitRule.LOGIN_ADDRESS, "login", "kim").subjects())
                .containsExactly(keys.realmSubject());
        assertThat(keys.subject("lee")).isNotEqualTo(keys.subject("kim"));
    }
}
