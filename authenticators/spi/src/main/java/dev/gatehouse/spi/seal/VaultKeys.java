// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.seal;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import dev.gatehouse.core.seal.Canary;
import dev.gatehouse.core.seal.KeyRing;
import dev.gatehouse.core.seal.KeyRingException;
import dev.gatehouse.core.seal.SealingKey;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.vault.VaultStringSecret;

/**
 * A ring for each realm, in Keycloak's vault. A vault answers for a realm and during a request only, so it is looked at
 * when it is needed first, and again after {@link #KEEP}.
 *
 * <p>Nodes do not tell each other which keys their vaults have. Give a new key to all of them, behind the one that seals,
 * before you put it in front.
 */
final class VaultKeys {

    /** How long a ring that was read holds. */
    static final Duration KEEP = Duration.ofMinutes(1);

    private final String entry;
    private final KeyRegistry registry;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Map<String, Held> rings = new ConcurrentHashMap<>();

    private record Held(KeyRing ring, Instant until) {}

    /** @param entry the name of the vault's entry that has the ring */
    VaultKeys(String entry, KeyRegistry registry, InstantSource clock, SecureRandom random) {
        this.entry = entry;
        this.registry = registry;
        this.clock = clock;
        this.random = random;
    }

    /**
     * The ring of a realm.
     *
     * @throws SealingUnavailableException if the vault has none, or not the one that sealed, or if the request is to another
     *     realm: the vault would answer for that one
     */
    KeyRing ring(KeycloakSession session, RealmModel realm) {
        Held held = rings.get(realm.getId());
        if (held != null && clock.instant().isBefore(held.until())) {
            return held.ring();
        }
        KeyRing ring = read(session, realm);
        if (held == null || !held.ring().equals(ring)) {
            check(realm, ring);
        }
        rings.put(realm.getId(), new Held(ring, clock.instant().plus(KEEP)));
        return ring;
    }

    private KeyRing read(KeycloakSession session, RealmModel realm) {
        String place = "the vault's entry " + entry + " of realm " + realm.getName();
        RealmModel asked = session.getContext().getRealm();
        if (asked == null || !realm.getId().equals(asked.getId())) {
            throw new SealingUnavailableException(place + ": it can be had in requests to that realm only");
        }
        // Asked for without the marks around it, Keycloak would give back the name itself as the secret.
        try (VaultStringSecret secret = session.vault().getStringSecret("${vault." + entry + "}")) {
            String text = secret.get().orElseThrow(() -> new SealingUnavailableException(place + ": there is none"));
            return KeyRing.parse(text.replace(';', '\n'), place);
        } catch (KeyRingException e) {
            throw new SealingUnavailableException(e);
        }
    }

    private void check(RealmModel realm, KeyRing ring) {
        List<Canary> canaries = registry.canaries(realm.getId());
        for (Canary canary : canaries) {
            if (ring.key(canary.keyId()).filter(canary::matches).isEmpty()) {
                throw new SealingUnavailableException(
                        "The vault's entry " + entry + " of realm " + realm.getName() + " lacks the key "
                                + canary.keyId() + " with which secrets are sealed, or has another by its name");
            }
        }
        SealingKey first = ring.first();
        if (canaries.stream().noneMatch(canary -> canary.keyId().equals(first.id()))) {
            registry.addCanary(realm.getId(), Canary.of(first, random));
            Optional<Canary> stored = registry.canaries(realm.getId()).stream()
                    .filter(canary -> canary.keyId().equals(first.id()))
                    .findFirst();
            if (stored.filter(canary -> canary.matches(first)).isEmpty()) {
                throw new SealingUnavailableException(
                        "Another node uses another key by the name of " + first.id() + " for realm " + realm.getName());
            }
        }
    }
}
