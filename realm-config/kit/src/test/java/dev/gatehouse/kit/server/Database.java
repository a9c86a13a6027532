// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.server;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * Keycloak's database, for whoever can reach it past the server: no cache and no rule of the server is in between. It can
 * be used while the server runs. Each call is a connection and a transaction of its own.
 */
public final class Database {

    private final String url;
    private final Properties login;

    Database(String url, String user, String password) {
        this.url = url;
        this.login = new Properties();
        login.setProperty("user", user);
        login.setProperty("password", password);
    }

    /** What a query gives: its rows, each the text of its columns. */
    public List<List<String>> rows(String sql, String... parameters) {
        return with(connection -> {
            try (PreparedStatement statement = prepared(connection, sql, parameters);
                    ResultSet result = statement.executeQuery()) {
                return read(result);
            }
        });
    }

    /** Changes rows, and tells how many. */
    public int change(String sql, String... parameters) {
        return with(connection -> {
            try (PreparedStatement statement = prepared(connection, sql, parameters)) {
                return statement.executeUpdate();
            }
        });
    }

    /** Everything that is in it: every column of every row of every table, as text. */
    public String everything() {
        return with(connection -> {
            List<String> tables = new ArrayList<>();
            try (ResultSet found = connection
                    .getMetaData()
                    .getTables(null, connection.getSchema(), "%", new String[] {"TABLE", "BASE TABLE"})) {
                while (found.next()) {
                    tables.add(found.getString("TABLE_NAME"));
                }
            }
            StringBuilder all = new StringBuilder();
            for (String table : tables) {
                try (PreparedStatement statement = connection.prepareStatement("select * from \"" + table + "\"");
                        ResultSet result = statement.executeQuery()) {
                    all.append(table).append('\n');
                    read(result).forEach(row -> all.append(row).append('\n'));
                }
            }
            return all.toString();
        });
    }

    private static PreparedStatement prepared(Connection connection, String sql, String... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setString(i + 1, parameters[i]);
        }
        return statement;
    }

    private static List<List<String>> read(ResultSet result) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        while (result.next()) {
            List<String> row = new ArrayList<>();
            for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                row.add(String.valueOf(result.getString(column)));
            }
            rows.add(row);
        }
        return rows;
    }

    private interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    private <T> T with(Work<T> work) {
        try (Connection connection = DriverManager.getConnection(url, login)) {
            return work.in(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("The database refuses: " + e.getMessage(), e);
        }
    }
}
