// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.tool.admin.Admin;
import dev.gatehouse.tool.admin.AdminException;
import dev.gatehouse.tool.admin.AdminPath;
import dev.gatehouse.tool.report.RefusedException;

/** A realm of a server in the form of a file, secrets masked. */
final class RunningRealm {

    private static final int FORBIDDEN = 403;

    private RunningRealm() {}

    /** Empty if the server has no such realm. */
    static Optional<JsonNode> export(Admin admin, String name) {
        AdminPath realm = AdminPath.of("realms", name);
        if (admin.find(realm).isEmpty()) {
            return Optional.empty();
        }
        try {
            // The server gives an export as the answer to a POST; it changes nothing.
            return Optional.of(admin.read(
                    realm.then("partial-export").with("exportClients", "true").with("exportGroupsAndRoles", "true")));
        } catch (AdminException e) {
            if (e.status() == FORBIDDEN) {
                throw new RefusedException(
                        "--realm",
                        "to look at a whole realm needs the roles manage-realm, view-clients and query-groups of it");
            }
            throw e;
        }
    }
}
