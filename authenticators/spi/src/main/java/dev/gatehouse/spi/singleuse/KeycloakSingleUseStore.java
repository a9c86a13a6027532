// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.singleuse;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.core.singleuse.SingleUseStore;
import org.keycloak.models.RealmModel;
import org.keycloak.models.SingleUseObjectProvider;

/**
 * Keeps records and claims of one realm in Keycloak's single-use objects.
 *
 * <p>With embedded caches {@code issue} takes effect when the transaction commits, while {@code consume} and
 * {@code claim} take effect at once and are not undone by a rollback. With the feature {@code stateless} all three
 * belong to the transaction.
 */
public final class KeycloakSingleUseStore implements SingleUseStore {

    private final SingleUseObjectProvider objects;
    private final String prefix;

    public KeycloakSingleUseStore(SingleUseObjectProvider objects, RealmModel realm) {
        this.objects = objects;
        // The objects of all realms share one name space.
        this.prefix = realm.getId() + ".";
    }

    @Override
    public void issue(String key, Map<String, String> record, Duration life) {
        objects.put(prefix + key, wholeSeconds(life), record);
    }

    @Override
    public Optional<Map<String, String>> peek(String key) {
        return Optional.ofNullable(objects.get(prefix + key));
    }

    @Override
    public Optional<Map<String, String>> consume(String key) {
        return Optional.ofNullable(objects.remove(prefix + key));
    }

    @Override
    public boolean claim(String key, Duration life) {
        return objects.putIfAbsent(prefix + key, wholeSeconds(life));
    }

    private static long wholeSeconds(Duration life) {
        return Math.max(1, life.plusNanos(999_999_999).toSeconds());
    }
}
