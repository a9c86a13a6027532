// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.keys;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.gatehouse.tool.keys.KeyName.Phase;
import dev.gatehouse.tool.report.RefusedException;

/**
 * The steps of a rotation. Each looks at the server, refuses what is too early, and can be repeated: what is done already is
 * not done again, and what was broken off is brought to its end.
 */
final class Rotation {

    private final KeyStore store;
    private final Algorithm algorithm;
    private final Timetable timetable;

    Rotation(KeyStore store, Algorithm algorithm, Timetable timetable) {
        this.store = store;
        this.algorithm = algorithm;
        this.timetable = timetable;
    }

    /** Publishes a new key, which does not sign yet. */
    String start() {
        Ring ring = store.ring(algorithm);
        Key signer = signer(ring);
        Optional<Key> next = ring.next();
        if (next.isPresent()) {
            return "A new key is there already: " + waiting(next.get());
        }
        Optional<Key> unfinished = find(ring, unfinished());
        if (unfinished.isEmpty()) {
            // Below the one that signs: it is in the key set, and nothing is signed with it.
            store.create(algorithm, signer, unfinished(), signer.priority() - 1);
        }
        Ring changed = store.ring(algorithm);
        Key fresh =
                find(changed, unfinished()).orElseThrow(() -> new RefusedException("the server did not make the key"));
        if (changed.isSigner(fresh)) {
            throw new RefusedException(
                    "the new key " + fresh.kid() + " signs at once; lower its priority in the console");
        }
        if (!changed.isPublished(fresh)) {
            throw new RefusedException(
                    "the new key " + fresh.kid() + " is not in the realm's key set; run the same again");
        }
        KeyName name = new KeyName(Phase.PUBLISHED, later());
        store.rename(fresh, name.text(algorithm));
        return "Published " + fresh.kid() + "; promote may follow from " + timetable.promotion(name);
    }

    /** Lets the new key sign. */
    String promote() {
        Ring ring = store.ring(algorithm);
        Key signer = signer(ring);
        if (signer.is(Phase.PUBLISHED)) {
            return promoted(signer);
        }
        Key next = ring.next()
                .orElseThrow(() -> signer.is(Phase.SIGNS)
                        ? new RefusedException("no new key waits; " + signer.kid() + " signs since " + since(signer))
                        : new RefusedException("no new key waits; begin with rotate-keys start"));
        Timetable.tooEarly(
                        timetable.promotion(next.told().orElseThrow()),
                        store.now(),
                        "sign with " + next.kid(),
                        "verifiers may know older keys only until then")
                .ifPresent(reason -> {
                    throw new RefusedException(reason);
                });
        if (!ring.isPublished(next)) {
            throw new RefusedException(
                    "the new key " + next.kid() + " is not in the realm's key set; nothing was changed");
        }
        store.setPriority(next, signer.priority() + 1);
        Key now = signer(store.ring(algorithm));
        if (!now.kid().equals(next.kid())) {
            throw new RefusedException(
                    "the server still signs with " + now.kid() + "; look at the priorities in the console");
        }
        return promoted(now);
    }

    private String promoted(Key key) {
        KeyName name = new KeyName(Phase.SIGNS, later());
        store.rename(key, name.text(algorithm));
        return "Signs with " + key.kid() + "; retire may follow from " + timetable.passivity(name);
    }

    /** Makes old keys passive, and removes passive ones. */
    List<String> retire() {
        Ring ring = store.ring(algorithm);
        Key signer = signer(ring);
        KeyName signs = signer.told()
                .filter(name -> name.phase() == Phase.SIGNS)
                .orElseThrow(() -> new RefusedException(
                        "since when " + signer.kid() + " signs is not known: it was not promoted by rotate-keys"));
        if (ring.old().isEmpty() && ring.passive().isEmpty()) {
            return List.of("Nothing to retire: " + signer.kid() + " signs since " + signs.since());
        }
        return ring.old().isEmpty() ? removed(ring, signs) : passive(ring, signs);
    }

    private List<String> passive(Ring ring, KeyName signs) {
        Instant now = store.now();
        Timetable.tooEarly(
                        timetable.passivity(signs),
                        now,
                        "retire old keys",
                        "tokens that they signed are good until then")
                .ifPresent(reason -> {
                    throw new RefusedException(reason);
                });
        List<String> done = new ArrayList<>();
        for (Key key : ring.old()) {
            store.setPassive(key, new KeyName(Phase.PASSIVE, now).text(algorithm));
            done.add("Passive: " + key.kid() + "; a second retire may remove it from " + timetable.removal(signs));
        }
        return done;
    }

    private List<String> removed(Ring ring, KeyName signs) {
        Timetable.tooEarly(
                        timetable.removal(signs),
                        store.now(),
                        "remove passive keys",
                        "people log out with ID tokens that they signed until then")
                .ifPresent(reason -> {
                    throw new RefusedException(reason);
                });
        List<String> done = new ArrayList<>();
        for (Key key : ring.passive()) {
            store.remove(key);
            done.add("Removed: " + key.kid());
        }
        return done;
    }

    /** One line a key, the one that signs first, and what may come next. */
    List<String> status() {
        Ring ring = store.ring(algorithm);
        List<String> lines = new ArrayList<>();
        ring.keys().stream()
                .sorted((a, b) -> Long.compare(b.priority(), a.priority()))
                .forEach(key -> lines.add(key.kid() + "  " + ring.role(key)
                        + (ring.isPublished(key) ? ", published" : ", NOT published") + ", priority " + key.priority()
                        + "  ("
                        + key.name() + ")"));
        lines.add("Server's time " + store.now());
        ring.next().ifPresent(key -> lines.add("Next: " + waiting(key)));
        ring.signer()
                .flatMap(Key::told)
                .filter(name -> name.phase() == Phase.SIGNS)
                .ifPresent(signs -> {
                    if (!ring.old().isEmpty()) {
                        lines.add("Next: retire, from " + timetable.passivity(signs));
                    } else if (!ring.passive().isEmpty()) {
                        lines.add("Next: retire, from " + timetable.removal(signs));
                    }
                });
        return lines;
    }

    private String waiting(Key next) {
        return next.kid() + " is published since " + since(next) + "; promote may follow from "
                + next.told().map(timetable::promotion).map(Instant::toString).orElse("a time that is not known");
    }

    private static String since(Key key) {
        return key.told().map(name -> name.since().toString()).orElse("a time that is not known");
    }

    private Key signer(Ring ring) {
        return ring.signer()
                .orElseThrow(() -> new RefusedException("the realm has no key that signs " + algorithm.name()));
    }

    /** A key that is made, and of which it is not yet written when it was published. */
    private String unfinished() {
        return algorithm.word() + " published";
    }

    private static Optional<Key> find(Ring ring, String name) {
        return ring.keys().stream().filter(key -> key.name().equals(name)).findFirst();
    }

    /** What was done is done by then: the server's clock is known to the second. */
    private Instant later() {
        return store.now().plusSeconds(1);
    }
}
