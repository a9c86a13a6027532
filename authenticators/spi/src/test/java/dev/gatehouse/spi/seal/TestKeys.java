// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.seal;

import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;

import dev.gatehouse.core.seal.SealingKey;

/** Keys that are easy to tell apart. */
final class TestKeys {

    static final SealingKey K1 = key("k1", 1);
    static final SealingKey K2 = key("k2", 2);
    static final SealingKey K3 = key("k3", 3);

    /** Another key by the name of the second. */
    static final SealingKey OTHER_K2 = key("k2", 9);

    private TestKeys() {}

    static SealingKey key(String id, int seed) {
        return new SealingKey(id, bytes(seed));
    }

    /** Lines of a ring's file: {@code k2=9} is a key of that name made from the number. */
    static String ring(String... keys) {
        return Arrays.stream(keys)
                .map(key -> key.substring(0, key.indexOf('=')) + " "
                        + text(Integer.parseInt(key.substring(key.indexOf('=') + 1))))
                .collect(Collectors.joining("\n"));
    }

    /** The key that {@code seed} makes, as a file has it. */
    static String text(int seed) {
        return Base64.getEncoder().encodeToString(bytes(seed));
    }

    private static byte[] bytes(int seed) {
        byte[] bytes = new byte[32];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (seed * 37 + i * 11);
        }
        return bytes;
    }
}
