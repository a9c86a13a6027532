// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.tool.admin.AdminPath;
import dev.gatehouse.tool.admin.Realm;

/**
 * Client scopes that a client or the realm has, and shall have.
 *
 * @param lines one a scope that is added or removed
 */
record Assignment(List<String> lines, Set<String> added, Set<String> removed) {

    static Assignment of(String at, JsonNode wanted, Set<String> actual) {
        Set<String> added = new TreeSet<>();
        wanted.forEach(name -> added.add(name.asText()));
        Set<String> removed = new TreeSet<>(actual);
        removed.removeAll(added);
        added.removeAll(actual);
        List<String> lines = new ArrayList<>();
        added.forEach(name -> lines.add("+ " + at + ": " + name));
        removed.forEach(name -> lines.add("- " + at + ": " + name));
        return new Assignment(lines, added, removed);
    }

    /** Takes away first: what is a default scope cannot be an optional one too. */
    void write(Realm realm, AdminPath path) {
        remove(realm, path);
        add(realm, path);
    }

    void remove(Realm realm, AdminPath path) {
        Map<String, String> ids = removed.isEmpty() ? Map.of() : Scopes.ids(realm);
        removed.stream().filter(ids::containsKey).forEach(name -> realm.admin()
                .delete(path.then(ids.getOrDefault(name, ""))));
    }

    void add(Realm realm, AdminPath path) {
        Map<String, String> ids = added.isEmpty() ? Map.of() : Scopes.ids(realm);
        added.forEach(name -> realm.admin().put(path.then(ids.getOrDefault(name, name)), null));
    }
}
