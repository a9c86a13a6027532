// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.kit.server.Database;

/** A row of a one-time password as it is in the database, for whoever can read and write there. */
final class StoredDevice {

    /** How the encoding of a secret is named that is sealed. */
    static final String MARK = "GATEHOUSE_AES_GCM_V1";

    private final Database database;
    private final String id;

    private StoredDevice(Database database, String id) {
        this.database = database;
        this.id = id;
    }

    static List<StoredDevice> allOf(Database database, Person person) {
        return database
                .rows("select ID from CREDENTIAL where TYPE = 'otp' and USER_ID = ? order by PRIORITY", person.id())
                .stream()
                .map(row -> new StoredDevice(database, row.get(0)))
                .toList();
    }

    /** The only one that somebody has. */
    static StoredDevice of(Database database, Person person) {
        List<StoredDevice> all = allOf(database, person);
        if (all.size() != 1) {
            throw new IllegalStateException(person.username() + " has " + all.size() + " devices");
        }
        return all.get(0);
    }

    String id() {
        return id;
    }

    /** What stands where the secret would. */
    String value() {
        return column("SECRET_DATA").get("value").asText();
    }

    /** A detail of the device; {@code null} as a text if there is none. */
    String detail(String name) {
        return column("CREDENTIAL_DATA").path(name).asText("null");
    }

    private ObjectNode column(String name) {
        return (ObjectNode) Json.parse(database.rows("select " + name + " from CREDENTIAL where ID = ?", id)
                .get(0)
                .get(0));
    }

    void setValue(String value) {
        set("SECRET_DATA", column("SECRET_DATA").put("value", value));
    }

    void setDetail(String name, String value) {
        set("CREDENTIAL_DATA", column("CREDENTIAL_DATA").put(name, value));
    }

    void setDetail(String name, int value) {
        set("CREDENTIAL_DATA", column("CREDENTIAL_DATA").put(name, value));
    }

    void removeDetail(String name) {
        set("CREDENTIAL_DATA", column("CREDENTIAL_DATA").putNull(name));
    }

    /** Everything of another row, but for its id and its owner. */
    void become(StoredDevice other) {
        set("SECRET_DATA", other.column("SECRET_DATA"));
        set("CREDENTIAL_DATA", other.column("CREDENTIAL_DATA"));
    }

    void giveTo(Person person) {
        database.change("update CREDENTIAL set USER_ID = ? where ID = ?", person.id(), id);
    }

    private void set(String name, ObjectNode value) {
        database.change("update CREDENTIAL set " + name + " = ? where ID = ?", value.toString(), id);
    }
}
