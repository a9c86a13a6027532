// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.apply;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.tool.admin.AdminPath;
import dev.gatehouse.tool.admin.Realm;
import dev.gatehouse.tool.change.Change;
import dev.gatehouse.tool.change.Changes;

/**
 * Compares a realm with a file. What others name comes before those who name it, and what is taken away comes last.
 * Nothing is written before the changes are run.
 */
final class Plan {

    private Plan() {}

    /** For a realm that is there. */
    static Changes converge(Realm realm, RealmFile file) {
        Target target = new Target(realm, file);
        Flows flows = Flows.of(target);
        Roles roles = new Roles(target);
        Scopes scopes = new Scopes(target);
        List<Change> changes = new ArrayList<>();
        changes.addAll(roles.ofRealm());
        changes.addAll(scopes.changes());
        changes.addAll(new Components(target).changes());
        changes.addAll(flows.builds());
        changes.addAll(new Clients(target).changes());
        changes.addAll(roles.ofClients());
        changes.addAll(roles.composites());
        changes.addAll(scopes.defaults());
        changes.addAll(new Broker(target).changes());
        changes.addAll(new Actions(target).changes());
        changes.addAll(new Settings(target).changes());
        changes.addAll(flows.switches());
        // Last: the rules that they set hold for what is written after them.
        changes.addAll(new Policies(target).changes());
        return new Changes(changes);
    }

    /** For a realm that is not there: one request, which the server does whole or not at all. */
    static Changes create(Realm realm, RealmFile file) {
        ObjectNode made = file.tree().deepCopy();
        made.put("realm", realm.name());
        return new Changes(
                List.of(new Change("realm " + realm.name(), New.lines(realm.name(), file.tree()), () -> realm.admin()
                        .create(AdminPath.of("realms"), made))));
    }
}
