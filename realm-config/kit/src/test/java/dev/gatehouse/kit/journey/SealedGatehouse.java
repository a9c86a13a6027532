// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.gatehouse.kit.mail.MailServer;
import dev.gatehouse.kit.server.Build;
import dev.gatehouse.kit.server.Database;
import dev.gatehouse.kit.server.Distribution;
import dev.gatehouse.kit.server.Postgres;
import dev.gatehouse.kit.server.RunningServer;
import dev.gatehouse.kit.server.RunningSystem;
import dev.gatehouse.kit.server.ServerSettings;
import dev.gatehouse.kit.server.StartFailure;

/**
 * The running system with keys for secrets, a database that can be reached past the server, and a log that tells whatever
 * can be told about credentials. Nobody limits sign-ins there but the guard on one-time passwords, where it is on.
 */
public final class SealedGatehouse implements RunningSystem {

    private final Gatehouse gatehouse;
    private final Distribution distribution;
    private final Postgres database;
    private final KeyRingFile ring;
    private final Machine machine;

    private SealedGatehouse(Gatehouse gatehouse, Distribution distribution, Postgres database, KeyRingFile ring) {
        this.gatehouse = gatehouse;
        this.distribution = distribution;
        this.database = database;
        this.ring = ring;
        RealmSettings.change(gatehouse.realm(), realm -> {
            Map<String, String> attributes = new HashMap<>(realm.getAttributesOrEmpty());
            attributes.put("gatehouse.limits.mode", "off");
            realm.setAttributes(attributes);
            realm.setBruteForceProtected(false);
        });
        this.machine = Machine.create(gatehouse);
    }

    public static SealedGatehouse start() {
        Distribution distribution = Distribution.prepareForPostgres(
                Build.target().resolve("keycloak-sealed"), step -> System.out.println("[kit] " + step));
        KeyRingFile ring =
                KeyRingFile.at(Build.target().resolve("rings/shared")).holds("k1");
        List<String> options = new ArrayList<>(ServerSettings.BEHIND_A_PROXY);
        options.add(ring.option());
        options.add("--log-level=INFO,org.keycloak.credential:trace,dev.gatehouse:trace");
        Postgres database = Postgres.start("sealed");
        options.addAll(database.options());
        MailServer mail = MailServer.start();
        boolean complete = false;
        try {
            RunningServer server = distribution.start(
                    new ServerSettings(0, Gatehouse.environment(mail), true, options),
                    step -> System.out.println("[kit] " + step));
            complete = true;
            return new SealedGatehouse(new Gatehouse(mail, server), distribution, database, ring);
        } catch (StartFailure e) {
            throw new IllegalStateException(e.getMessage(), e);
        } finally {
            if (!complete) {
                mail.close();
                database.close();
            }
        }
    }

    Gatehouse gatehouse() {
        return gatehouse;
    }

    /** Runs another command of {@code kc.sh} on the same database. */
    void run(String... arguments) {
        distribution.run(Stream.concat(Arrays.stream(arguments), database.options().stream())
                .toArray(String[]::new));
    }

    Database database() {
        return database.stored();
    }

    KeyRingFile ring() {
        return ring;
    }

    /** A client of the shipped realm that may use the password grant. */
    Machine machine() {
        return machine;
    }

    @Override
    public List<RunningServer> servers() {
        return gatehouse.servers();
    }

    @Override
    public void close() {
        gatehouse.close();
        database.close();
    }
}
