// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * What one part of the pack lets a realm name and set. Consoles, documents and tools read it from here, found by
 * {@link ServiceLoader}; an implementation loads where there is no Keycloak.
 */
public interface Declarations {

    /** The realm attributes that the part reads, in the order in which documents list them. */
    List<Setting<?>> realmSettings();

    /**
     * The providers that a realm can name (steps, parts of forms, protocol mappers, policy executors), by id, each with
     * the settings that stand in its configuration; none for one without.
     */
    Map<String, List<Setting<?>>> providerSettings();

    /** Of all parts on the class path of {@code loader}: every realm attribute. */
    static List<Setting<?>> allRealmSettings(ClassLoader loader) {
        List<Setting<?>> all = new ArrayList<>();
        ServiceLoader.load(Declarations.class, loader).forEach(part -> all.addAll(part.realmSettings()));
        return List.copyOf(all);
    }

    /** Of all parts on the class path of {@code loader}: every provider with its settings. */
    static Map<String, List<Setting<?>>> allProviderSettings(ClassLoader loader) {
        Map<String, List<Setting<?>>> all = new TreeMap<>();
        ServiceLoader.load(Declarations.class, loader).forEach(part -> all.putAll(part.providerSettings()));
        return Map.copyOf(all);
    }
}
