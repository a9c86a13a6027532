// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.seal;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The keys that a node has, in order of preference for sealing: the first is the wanted one. All of them open.
 *
 * <p>A ring has 1 to 32 keys, no two with one id, and no key twice.
 */
public final class KeyRing {

    private static final int MOST_KEYS = 32;

    private static final int LONGEST_TEXT = 64 * 1024;

    private static final Pattern LINE_END = Pattern.compile("\r\n|\r|\n");
    private static final Pattern SPACE = Pattern.compile("[ \t]+");

    /** What editors on some systems begin a file with. */
    private static final String BYTE_ORDER_MARK = "\ufeff";

    // 32 bytes are 43 letters; the last one carries four bits of value and two zeros.
    private static final Pattern KEY = Pattern.compile("([A-Za-z0-9+/_-]{42}[AEIMQUYcgkosw048])=?");

    private final List<SealingKey> keys;

    private KeyRing(List<SealingKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /** The ring of these keys, the wanted one first. */
    public static KeyRing of(List<SealingKey> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("A ring has one key at least");
        }
        List<SealingKey> taken = new ArrayList<>();
        for (SealingKey key : keys) {
            whyNot(key, taken).ifPresent(rule -> {
                throw new IllegalArgumentException(rule);
            });
            taken.add(key);
        }
        return new KeyRing(taken);
    }

    /**
     * The ring that {@code text} spells: a line a key, its id, white space, and its 32 bytes in Base64, of either alphabet,
     * with padding or without. Empty lines and those that begin with {@code #} do not count. The first key is the wanted
     * one.
     *
     * @param place where the text comes from, for the message
     * @throws KeyRingException for anything else
     */
    public static KeyRing parse(String text, String place) throws KeyRingException {
        if (text.length() > LONGEST_TEXT) {
            throw new KeyRingException(place, "a key ring has 64 KiB at most");
        }
        String[] lines = LINE_END.split(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text, -1);
        List<SealingKey> keys = new ArrayList<>();
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            SealingKey key = parseKey(line, place, i + 1);
            @Nullable String rule = whyNot(key, keys).orElse(null);
            if (rule != null) {
                throw new KeyRingException(place, i + 1, rule);
            }
            keys.add(key);
        }
        if (keys.isEmpty()) {
            throw new KeyRingException(place, "there is no key; a line must be an id, a space and 32 bytes in Base64");
        }
        return new KeyRing(keys);
    }

    private static SealingKey parseKey(String line, String place, int number) throws KeyRingException {
        String[] words = SPACE.split(line, -1);
        if (words.length != 2) {
            throw new KeyRingException(place, number, "a line must be an id, a space and a key, and nothing else");
        }
        if (!SealingKey.isId(words[0])) {
            throw new KeyRingException(
                    place, number, "the id must have 1 to 32 of a-z, 0-9 and -, and must not begin with -");
        }
        var key = KEY.matcher(words[1]);
        if (!key.matches()) {
            throw new KeyRingException(
                    place,
                    number,
                    "the key must be exactly 32 bytes in Base64, as openssl rand -base64 32 writes them");
        }
        byte[] bytes =
                Base64.getUrlDecoder().decode(key.group(1).replace('+', '-').replace('/', '_'));
        if (SealingKey.isOneByteRepeated(bytes)) {
            throw new KeyRingException(place, number, "the key must be random; all its bytes are the same");
        }
        return new SealingKey(words[0], bytes);
    }

    /** Why {@code next} cannot be in a ring with those before it, if it cannot. */
    private static Optional<String> whyNot(SealingKey next, List<SealingKey> before) {
        if (before.size() == MOST_KEYS) {
            return Optional.of("a key ring has " + MOST_KEYS + " keys at most");
        }
        if (before.stream().anyMatch(key -> key.id().equals(next.id()))) {
            return Optional.of("the id is that of a key before it");
        }
        return before.stream().anyMatch(next::hasBytesOf)
                ? Optional.of("the key is that of another id before it")
                : Optional.empty();
    }

    /** The key that is wanted for sealing. Whether it may be used already, {@link #sealingKey} tells. */
    public SealingKey first() {
        return keys.get(0);
    }

    /** The key of that name, if this ring has it. */
    public Optional<SealingKey> key(String id) {
        return keys.stream().filter(key -> key.id().equals(id)).findFirst();
    }

    /** The names of the keys, the wanted one first. */
    public List<String> ids() {
        return keys.stream().map(SealingKey::id).toList();
    }

    /**
     * The key to seal with while other nodes are about: the first that every one of them can open. A new key in front of
     * this ring is so not used before the last node has it. Empty if there is none; then nothing may be sealed.
     *
     * @param idsEveryNodeCanOpen the names of keys that all live nodes told they have
     */
    public Optional<SealingKey> sealingKey(Set<String> idsEveryNodeCanOpen) {
        return keys.stream()
                .filter(key -> idsEveryNodeCanOpen.contains(key.id()))
                .findFirst();
    }

    /** Whether the other ring has the same keys in the same order: a ring that was read again and did not change. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeyRing ring && keys.equals(ring.keys);
    }

    @Override
    public int hashCode() {
        return keys.hashCode();
    }

    @Override
    public String toString() {
        return keys.stream().map(SealingKey::id).collect(Collectors.joining(", ", "KeyRing[", "]"));
    }
}
