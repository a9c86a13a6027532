// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.change;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A client as it can be put back. */
public final class ClientBody {

    private ClientBody() {}

    /** A copy that leaves the client's secrets as they are: the server keeps those that are not said. */
    public static ObjectNode of(JsonNode client) {
        ObjectNode copy = client.deepCopy();
        copy.remove(List.of("secret", "registrationAccessToken", "access"));
        return copy;
    }
}
