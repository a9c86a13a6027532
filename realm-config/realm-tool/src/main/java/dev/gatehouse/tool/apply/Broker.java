// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.tool.admin.AdminPath;
import dev.gatehouse.tool.admin.Realm;
import dev.gatehouse.tool.change.Change;
import dev.gatehouse.tool.file.JsonPath;

/**
 * Identity providers with their mappers. Of one that is there, whatever its operator fills in stays: whether it is on, its
 * client and secret, and where it is.
 */
final class Broker {

    /** Where a provider names flows. */
    static final List<String> FLOWS = List.of("firstBrokerLoginFlowAlias", "postBrokerLoginFlowAlias");

    private static final Set<String> OPERATORS =
            Set.of("enabled", "clientId", "clientSecret", "issuer", "discoveryEndpoint", "tenantId", "hostedDomain");
    private static final Pattern ENDPOINT = Pattern.compile("(?i).*(url|endpoint|host)$");

    private final Target target;
    private final Realm realm;

    Broker(Target target) {
        this.target = target;
        this.realm = target.realm();
    }

    List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        for (JsonNode provider : target.file().list("identityProviders")) {
            String alias = provider.path("alias").asText();
            String at = JsonPath.named("$.identityProviders", alias);
            Optional<JsonNode> there = realm.admin().find(instance(alias));
            if (there.isEmpty()) {
                changes.add(new Change("identity provider " + alias, List.of("+ " + at), () -> realm.admin()
                        .create(realm.path("identity-provider", "instances"), provider)));
            } else {
                Difference difference = difference(at, provider, there.get());
                if (!difference.none()) {
                    changes.add(new Change("identity provider " + alias, difference.lines(), () -> realm.admin()
                            .put(instance(alias), difference.merged())));
                }
            }
            mappers(alias, there.isPresent(), changes);
        }
        return changes;
    }

    private Difference difference(String at, JsonNode provider, JsonNode actual) {
        ObjectNode said = provider.deepCopy();
        said.remove(List.of("internalId"));
        return Difference.of(
                at,
                said,
                actual,
                (where, key, value) -> OPERATORS.contains(key)
                        || (ENDPOINT.matcher(key).matches() && !value.asText().isEmpty())
                        || target.onlyDefault(where, value)
                        || (FLOWS.contains(key)
                                && FlowName.plain(value.asText())
                                        .equals(provider.path(key).asText())));
    }

    private void mappers(String alias, boolean there, List<Change> changes) {
        List<JsonNode> wanted = target.file().list("identityProviderMappers").stream()
                .filter(mapper -> mapper.path("identityProviderAlias").asText().equals(alias))
                .toList();
        if (wanted.isEmpty()) {
            return;
        }
        AdminPath path = instance(alias).then("mappers");
        JsonNode actual = there ? realm.admin().get(path) : JsonNodeFactory.instance.arrayNode();
        Mappers mappers = Mappers.of(
                "$.identityProviderMappers",
                JsonNodeFactory.instance.arrayNode().addAll(wanted),
                actual,
                target);
        if (!mappers.lines().isEmpty()) {
            changes.add(new Change(
                    "mappers of identity provider " + alias,
                    mappers.lines(),
                    () -> mappers.write(realm.admin(), path)));
        }
    }

    private AdminPath instance(String alias) {
        return realm.path("identity-provider", "instances", alias);
    }
}
