// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.seal;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

import dev.gatehouse.core.seal.Canary;
import dev.gatehouse.core.seal.KeyRing;
import dev.gatehouse.core.seal.KeyRingException;
import dev.gatehouse.core.seal.SealingKey;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the ring of this node and knows which of its keys may seal: the first one that every live node told it can open.
 *
 * <p>A key is used for the first time only after its canary is stored <em>and</em> the reports that are read after that
 * still agree. A node that starts, or exchanges its ring, tells first which keys it has for certain and looks for canaries
 * then. So of a node that uses a new key and one that is about to go on without it, at least one sees the other.
 *
 * <p>Not guaranteed: anything about a node that told nothing for {@link #SILENCE} and still serves. What was sealed
 * meanwhile with a key that it lacks, it refuses. The clocks of the nodes must agree within that time. Nodes tell each other
 * the names of keys only: where two have different keys by one name, the one that comes later to use it says so and seals
 * with another, and until all have the same, what the first sealed does not open there.
 */
final class KeyWatch {

    /** How long a node that tells nothing counts as live. */
    static final Duration SILENCE = Duration.ofMinutes(1);

    /** The scope of the names of these keys: every realm. */
    static final String SCOPE = "server";

    private static final Logger LOG = Logger.getLogger(KeyWatch.class);

    private final KeySource source;
    private final KeyRegistry registry;
    private final String node;
    private final IntSupplier members;
    private final InstantSource clock;
    private final SecureRandom random;

    private volatile @Nullable Keys keys;

    /** Whether the source has something that was not taken yet. */
    private boolean unread;

    /** What the operator was told last of a ring that cannot be used. */
    private String told = "";

    /**
     * What holds now.
     *
     * @param ring opens
     * @param sealing the key that seals; null while there is none that all nodes have
     */
    record Keys(KeyRing ring, @Nullable SealingKey sealing) {}

    /**
     * @param node an id of this process
     * @param members how many nodes the cluster has, as far as is known; 1 if nothing is
     */
    KeyWatch(
            KeySource source,
            KeyRegistry registry,
            String node,
            IntSupplier members,
            InstantSource clock,
            SecureRandom random) {
        this.source = source;
        this.registry = registry;
        this.node = node;
        this.members = members;
        this.clock = clock;
        this.random = random;
    }

    /**
     * What holds now; the first call reads the ring.
     *
     * @throws SealingUnavailableException if the ring cannot be read or is not the one that sealed
     */
    Keys keys() {
        Keys ready = keys;
        return ready == null ? start() : ready;
    }

    private synchronized Keys start() {
        @Nullable Keys ready = keys;
        if (ready != null) {
            return ready;
        }
        KeyRing ring;
        try {
            ring = source.read();
        } catch (KeyRingException e) {
            throw new SealingUnavailableException(e);
        }
        // Before it tells anything: a node that does not start must not keep the others from sealing.
        refuse(ring, registry.canaries(SCOPE));
        report(ring, List.of());
        List<Canary> canaries = registry.canaries(SCOPE);
        refuse(ring, canaries);
        Keys fresh = new Keys(ring, sealingKey(ring, canaries).orElse(null));
        keys = fresh;
        return fresh;
    }

    private void refuse(KeyRing ring, List<Canary> canaries) {
        whyNot(ring, canaries).ifPresent(problem -> {
            throw new SealingUnavailableException(problem);
        });
    }

    /** Reads the ring again if it may have changed, tells the others, and finds out which key seals from now on. */
    synchronized void look() {
        Keys now = keys();
        if (source.mayHaveChanged()) {
            unread = true;
        }
        if (unread) {
            readAgain(now);
        }
        KeyRing ring = keys().ring();
        List<Canary> canaries = registry.canaries(SCOPE);
        if (!unread) {
            whyNot(ring, canaries).ifPresent(this::tell);
        }
        report(ring, canaries);
        keys = new Keys(ring, sealingKey(ring, canaries).orElse(null));
    }

    /** Takes the ring as it is now, if it can be used. One that cannot is read again at each look until it can. */
    private void readAgain(Keys now) {
        KeyRing ring;
        try {
            ring = source.read();
        } catch (KeyRingException e) {
            tell(e.getMessage());
            return;
        }
        Optional<String> problem = whyNot(ring, registry.canaries(SCOPE));
        if (problem.isEmpty()) {
            // Until it is clear which of the two holds, nobody may begin to seal with a key that only one of them has.
            report(inBoth(now.ring(), ring));
            problem = whyNot(ring, registry.canaries(SCOPE));
        }
        if (problem.isPresent()) {
            tell(problem.get());
            return;
        }
        // Before the others are told: from then on they may seal with all of it.
        keys = new Keys(
                ring, now.sealing() == null ? null : own(ring, now.sealing()).orElse(null));
        unread = false;
        told = "";
        if (!ring.equals(now.ring())) {
            LOG.infof("%s was read again: %s", source.place(), ring);
        }
    }

    private static Set<String> inBoth(KeyRing before, KeyRing after) {
        return before.ids().stream()
                .filter(id -> before.key(id).flatMap(key -> own(after, key)).isPresent())
                .collect(Collectors.toSet());
    }

    /** The key, if the ring has it under the same name. */
    private static Optional<SealingKey> own(KeyRing ring, SealingKey key) {
        return ring.key(key.id()).filter(key::equals);
    }

    private void tell(@Nullable String problem) {
        String sentence = problem + "; the keys from before go on to hold";
        if (!sentence.equals(told)) {
            told = sentence;
            LOG.error(sentence);
        }
    }

    /** Why secrets that were sealed would not open with {@code ring}. */
    private Optional<String> whyNot(KeyRing ring, List<Canary> canaries) {
        for (Canary canary : canaries) {
            Optional<SealingKey> key = ring.key(canary.keyId());
            if (key.isEmpty()) {
                return Optional.of(
                        source.place() + " lacks the key " + canary.keyId() + ", with which secrets are sealed");
            }
            if (!canary.matches(key.get())) {
                return Optional.of(source.place() + " has another key by the name of " + canary.keyId()
                        + " than the one with which secrets are sealed");
            }
        }
        return Optional.empty();
    }

    private Optional<SealingKey> sealingKey(KeyRing ring, List<Canary> canaries) {
        Optional<SealingKey> wanted = ring.sealingKey(keysOfAllNodes());
        if (wanted.isEmpty() || isUsed(wanted.get(), canaries)) {
            return wanted;
        }
        SealingKey key = wanted.get();
        registry.addCanary(SCOPE, Canary.of(key, random));
        List<Canary> stored = registry.canaries(SCOPE);
        if (!isUsed(key, stored)) {
            // Another node was faster, with another key of this name.
            report(ring, stored);
        }
        Optional<SealingKey> agreed = ring.sealingKey(keysOfAllNodes()).filter(used -> isUsed(used, stored));
        agreed.filter(key::equals)
                .ifPresent(used -> LOG.infof("Secrets are sealed with the key %s from now on", used.id()));
        return agreed;
    }

    private static boolean isUsed(SealingKey key, List<Canary> canaries) {
        return canaries.stream().anyMatch(canary -> canary.matches(key));
    }

    private Set<String> keysOfAllNodes() {
        Instant since = clock.instant().minus(SILENCE);
        List<KeyRegistry.Report> live = registry.reports(since).stream()
                .filter(report -> report.seen().isAfter(since))
                .toList();
        if (live.size() < members.getAsInt()) {
            // A node without the pack, or one that has told nothing yet: what it has is not known.
            return Set.of();
        }
        Set<String> all = new HashSet<>();
        live.stream().findFirst().ifPresent(report -> all.addAll(report.keyIds()));
        live.forEach(report -> all.retainAll(report.keyIds()));
        return all;
    }

    /** Tells which keys this node has, but for those that others know another key by the name of. */
    private void report(KeyRing ring, List<Canary> canaries) {
        Set<String> usedNames = canaries.stream().map(Canary::keyId).collect(Collectors.toSet());
        report(ring.ids().stream()
                .filter(id -> !usedNames.contains(id)
                        || ring.key(id).filter(key -> isUsed(key, canaries)).isPresent())
                .collect(Collectors.toSet()));
    }

    private void report(Set<String> keyIds) {
        registry.report(new KeyRegistry.Report(node, keyIds, clock.instant()));
    }
}
