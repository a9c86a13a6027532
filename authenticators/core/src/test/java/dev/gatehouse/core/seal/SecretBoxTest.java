// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.seal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SecretBoxTest {

    private static final SecureRandom RANDOM = new SecureRandom();

    private static final SealingKey KEY = new SealingKey("k1", SealingKeyTest.bytes(1));
    private static final SealingKey OLDER = new SealingKey("k0", SealingKeyTest.bytes(0));
    private static final SealContext CONTEXT = SealContext.of("otp", "user", "row");
    private static final byte[] PLAIN = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    private final SecretBox box = box(KEY, OLDER);

    private static SecretBox box(SealingKey... keys) {
        return new SecretBox(KeyRing.of(List.of(keys)), RANDOM);
    }

    private static void assertTampered(Opening opening) {
        assertThat(opening).isEqualTo(new Opening.Tampered("k1"));
    }

    private static byte[] plain(Opening opening) {
        assertThat(opening).isInstanceOf(Opening.Opened.class);
        return ((Opening.Opened) opening).plain();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 20, 64, 1024})
    void whatIsSealedOpens(int length) {
        byte[] plain = new byte[length];
        RANDOM.nextBytes(plain);

        Envelope sealed = box.seal(KEY, plain, CONTEXT);

        assertThat(sealed.keyId()).isEqualTo("k1");
        Envelope stored = Envelope.parse(sealed.text()).orElseThrow();
        assertThat(plain(box.open(stored, CONTEXT))).isEqualTo(plain);
    }

    @Test
    void everyKeyOfTheRingSealsAndOpens() {
        Envelope sealed = box.seal(OLDER, PLAIN, CONTEXT);

        assertThat(plain(box.open(sealed, CONTEXT))).isEqualTo(PLAIN);
        assertThat(plain(box(OLDER).open(sealed, CONTEXT))).isEqualTo(PLAIN);
        assertThat(box(KEY).open(sealed, CONTEXT)).isEqualTo(new Opening.UnknownKey("k0"));
    }

    @Test
    void itIsAes256GcmAsTheFormatSays() throws GeneralSecurityException {
        byte[] stored = Base64.getUrlDecoder()
                .decode(box.seal(KEY, PLAIN, CONTEXT).text().substring("v1.k1.".length()));
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(SealingKeyTest.bytes(1), "AES"),
                new GCMParameterSpec(128, stored, 0, 12));
        for (String part : List.of("v1", "k1", "otp", "user", "row")) {
            cipher.updateAAD(
                    ByteBuffer.allocate(Integer.BYTES).putInt(part.length()).array());
            cipher.updateAAD(part.getBytes(StandardCharsets.US_ASCII));
        }

        assertThat(stored).hasSize(12 + PLAIN.length + 16);
        assertThat(cipher.doFinal(stored, 12, stored.length - 12)).isEqualTo(PLAIN);
    }

    @Test
    void twoSealsOfOneSecretHaveNothingInCommon() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            Envelope sealed = box.seal(KEY, PLAIN, CONTEXT);
            seen.add(Base64.getEncoder().encodeToString(sealed.iv()));
            seen.add(Base64.getEncoder().encodeToString(sealed.secretAndTag()));
        }

        assertThat(seen).hasSize(2000);
    }

    @Test
    void noBitOfItMayChange() {
        Envelope sealed = box.seal(KEY, PLAIN, CONTEXT);
        byte[] bytes = ByteBuffer.allocate(12 + PLAIN.length + 16)
                .put(sealed.iv())
                .put(sealed.secretAndTag())
                .array();
        assertThat(plain(box.open(new Envelope("k1", bytes), CONTEXT))).isEqualTo(PLAIN);

        for (int i = 0; i < bytes.length * 8; i++) {
            byte[] changed = bytes.clone();
            changed[i / 8] ^= (byte) (1 << i % 8);
            assertTampered(box.open(new Envelope("k1", changed), CONTEXT));
        }
    }

    @Test
    void noLetterOfItMayChange() {
        String text = box.seal(KEY, PLAIN, CONTEXT).text();
        for (int i = "v1.k1.".length(); i < text.length(); i++) {
            char other = text.charAt(i) == 'A' ? 'B' : 'A';
            String changed = text.substring(0, i) + other + text.substring(i + 1);
            Envelope.parse(changed).ifPresent(envelope -> assertTampered(box.open(envelope, CONTEXT)));
        }
    }

    @Test
    void noneOfItMayBeCutOffOrAdded() {
        String text = box.seal(KEY, PLAIN, CONTEXT).text();
        for (int length = 0; length < text.length(); length++) {
            Envelope.parse(text.substring(0, length))
                    .ifPresent(envelope -> assertTampered(box.open(envelope, CONTEXT)));
        }
        for (String more : List.of("A", "AA", "AAA", "AAAA")) {
            Envelope.parse(text + more).ifPresent(envelope -> assertTampered(box.open(envelope, CONTEXT)));
        }
    }

    @Test
    void inAnotherContextItDoesNotOpen() {
        Envelope sealed = box.seal(KEY, PLAIN, CONTEXT);

        for (SealContext other : List.of(
                SealContext.of("otp", "other", "row"),
                SealContext.of("otp", "user", "other"),
                SealContext.of("otp", "row", "user"),
                SealContext.of("otp", "use", "rrow"),
                SealContext.of("otp", "user"),
                SealContext.of("otp", "user", "row", ""),
                SealContext.of("canary"),
                SealContext.of())) {
            assertTampered(box.open(sealed, other));
        }
    }

    @Test
    void anotherKeyOfThatNameDoesNotOpenIt() {
        Envelope sealed = box.seal(KEY, PLAIN, CONTEXT);

        assertTampered(box(new SealingKey("k1", SealingKeyTest.bytes(2))).open(sealed, CONTEXT));
    }

    @Test
    void theSameKeyUnderAnotherNameDoesNotOpenIt() {
        Envelope sealed = box.seal(KEY, PLAIN, CONTEXT);
        SecretBox renamed = box(new SealingKey("k2", SealingKeyTest.bytes(1)));

        assertThat(renamed.open(sealed, CONTEXT)).isEqualTo(new Opening.UnknownKey("k1"));
        Envelope moved =
                Envelope.parse(sealed.text().replace("v1.k1.", "v1.k2.")).orElseThrow();
        assertThat(renamed.open(moved, CONTEXT)).isEqualTo(new Opening.Tampered("k2"));
    }

    @Test
    void whatItCouldNotOpenItDoesNotSeal() {
        for (SealingKey stranger :
                List.of(new SealingKey("k2", SealingKeyTest.bytes(2)), new SealingKey("k1", SealingKeyTest.bytes(2)))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> box.seal(stranger, PLAIN, CONTEXT))
                    .withMessage("SealingKey[" + stranger.id() + ", redacted] is not in KeyRing[k1, k0]");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1025})
    void secretsOfOtherLengthsAreRefused(int length) {
        assertThatIllegalArgumentException().isThrownBy(() -> box.seal(KEY, new byte[length], CONTEXT));
    }

    @Test
    void manyThreadsMayUseOneBox() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<Boolean> work = () -> IntStream.range(0, 500)
                    .allMatch(i -> Arrays.equals(
                            plain(box.open(box.seal(KEY, new byte[] {(byte) i, 1}, CONTEXT), CONTEXT)),
                            new byte[] {(byte) i, 1}));
            List<Future<Boolean>> done = threads.invokeAll(Collections.nCopies(8, work));
            for (Future<Boolean> each : done) {
                assertThat(each.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void nobodyChangesWhatWasOpened() {
        Opening opening = box.open(box.seal(KEY, PLAIN, CONTEXT), CONTEXT);
        plain(opening)[0]++;

        assertThat(plain(opening)).isEqualTo(PLAIN);
    }

    @Test
    void whatIsOpenedIsNotShown() {
        Envelope sealed = box.seal(KEY, PLAIN, CONTEXT);

        assertThat(box.open(sealed, CONTEXT)).hasToString("Opened[redacted]");
        assertThat(sealed).hasToString("Envelope[k1]");
    }
}
