// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.pack;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jboss.logging.Logger;
import org.keycloak.Config;
import org.keycloak.common.Version;
import org.keycloak.common.util.Environment;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ServerInfoAwareProviderFactory;

/**
 * Stops a server that is about to import a realm with unfit values, and tells of a Keycloak that was never tried.
 *
 * <p>Keycloak calls {@code init} of every factory before it imports realms at start, so nothing is imported by then.
 */
public final class GatehousePackFactory implements PackFactory, ServerInfoAwareProviderFactory {

    public static final String PROVIDER_ID = "gatehouse-pack";

    /** The versions of Keycloak that the journeys of this release ran on. */
    private static final List<String> TRIED = List.of("26.7.3");

    /** Keycloak's name for the folder of {@code --import-realm}; set only where that option is given. */
    private static final String IMPORT_FOLDER = "keycloak.migration.dir";

    private static final Logger LOG = Logger.getLogger(GatehousePackFactory.class);

    @Override
    public void init(Config.Scope scope) {
        if (Environment.isNonServerMode()) {
            // Export and the rescue commands import nothing and must always work.
            return;
        }
        Optional<Path> folder =
                Optional.ofNullable(System.getProperty(IMPORT_FOLDER)).map(Path::of);
        List<String> problems = new ImportEnvironment(System.getenv()).problems(folder);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("Gatehouse: " + String.join("; ", problems));
        }
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        if (!TRIED.contains(Version.VERSION)) {
            LOG.warnf(
                    "Gatehouse %s was never tried on Keycloak %s; it was on %s",
                    PackVersion.current(), Version.VERSION, String.join(", ", TRIED));
        }
    }

    @Override
    public Pack create(KeycloakSession session) {
        return new Pack() {};
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public Map<String, String> getOperationalInfo() {
        return Map.of("version", PackVersion.current(), "tried on Keycloak", String.join(", ", TRIED));
    }
}
