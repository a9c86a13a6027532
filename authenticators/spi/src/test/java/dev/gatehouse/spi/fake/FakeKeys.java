// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.fake;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;
import org.keycloak.crypto.Algorithm;
import org.keycloak.crypto.KeyStatus;
import org.keycloak.crypto.KeyUse;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.models.KeyManager;
import org.keycloak.models.RealmModel;

/** The HMAC keys of realms. Each realm has one from the start, with the id {@code first}. */
public final class FakeKeys {

    private final Map<String, Map<String, KeyWrapper>> realms = new HashMap<>();
    private final KeyManager model = Stub.of(KeyManager.class)
            .on("getActiveKey", call -> active((RealmModel) call.get(0), call.get(1), call.get(2)))
            .on("getKey", call -> enabled((RealmModel) call.get(0), call.text(1), call.get(2), call.get(3)))
            .get();

    public KeyManager model() {
        return model;
    }

    /** Gives {@code realm} a new active key; the ones that it had become passive. */
    public void rotate(FakeRealm realm, String kid) {
        Map<String, KeyWrapper> keys = keys(realm.id());
        keys.values().forEach(key -> key.setStatus(KeyStatus.PASSIVE));
        keys.put(kid, key(realm.id(), kid));
    }

    /** Gives {@code copy} the keys of {@code realm}, as an import of its file does. */
    public void share(FakeRealm realm, FakeRealm copy) {
        realms.put(copy.id(), keys(realm.id()));
    }

    /** Takes a key away. */
    public void delete(FakeRealm realm, String kid) {
        keys(realm.id()).remove(kid);
    }

    private Map<String, KeyWrapper> keys(String realmId) {
        return realms.computeIfAbsent(realmId, id -> new LinkedHashMap<>(Map.of("first", key(id, "first"))));
    }

    private KeyWrapper active(RealmModel realm, Object use, Object algorithm) {
        asked(use, algorithm);
        return keys(realm.getId()).values().stream()
                .filter(key -> key.getStatus().isActive())
                .findFirst()
                .orElseThrow();
    }

    private @Nullable KeyWrapper enabled(RealmModel realm, String kid, Object use, Object algorithm) {
        asked(use, algorithm);
        return keys(realm.getId()).get(kid);
    }

    private static void asked(Object use, Object algorithm) {
        if (use != KeyUse.SIG || !algorithm.equals(Algorithm.HS512)) {
            throw new AssertionError("unexpected: key for " + use + " " + algorithm);
        }
    }

    private static KeyWrapper key(String realmId, String kid) {
        KeyWrapper key = new KeyWrapper();
        key.setKid(kid);
        key.setStatus(KeyStatus.ACTIVE);
        key.setSecretKey(
                new SecretKeySpec(("key " + kid + " of " + realmId).getBytes(StandardCharsets.UTF_8), "HmacSHA512"));
        return key;
    }
}
