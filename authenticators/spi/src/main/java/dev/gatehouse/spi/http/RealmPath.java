// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.http;

import java.util.List;
import java.util.Optional;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.PathSegment;

/**
 * An address below {@code /realms/{realm}/}.
 *
 * @param realm the realm's name
 * @param rest what follows it, at least one segment, decoded, without matrix parameters and without empty segments
 */
public record RealmPath(String realm, List<String> rest) {

    public RealmPath {
        rest = List.copyOf(rest);
    }

    /** Empty for everything else, the admin API included, whose addresses have a realm in them as well. */
    public static Optional<RealmPath> of(ContainerRequestContext request) {
        // As the server itself looks at it: doubled slashes and matrix parameters hide nothing.
        List<String> segments = request.getUriInfo().getPathSegments(true).stream()
                .map(PathSegment::getPath)
                .filter(segment -> !segment.isEmpty())
                .toList();
        return segments.size() > 2 && segments.get(0).equals("realms")
                ? Optional.of(new RealmPath(segments.get(1), segments.subList(2, segments.size())))
                : Optional.empty();
    }

    /** Whether the segment at {@code index} of the rest is {@code segment}. */
    public boolean at(int index, String segment) {
        return rest.size() > index && rest.get(index).equals(segment);
    }
}
