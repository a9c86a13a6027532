// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.demo;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/** What the demo was asked for: where each part listens, and whether it is only a check. */
record DemoSettings(DemoPort keycloak, DemoPort app, DemoPort inbox, DemoPort smtp, DemoPort function, boolean check) {

    /**
     * Reads the {@code demo.*} properties, and looks at the environment: a value that could break out of the realm file
     * is refused here as the server would refuse it.
     */
    static DemoSettings read(Properties properties, Map<String, String> environment) throws DemoRefusal {
        refuseHostile(environment);
        String wanted = properties.getProperty("demo.check", "false");
        if (!List.of("", "true", "false").contains(wanted)) {
            throw new DemoRefusal(
                    "demo.check must be true, false or empty, but is \"" + DemoPort.printable(wanted) + "\".");
        }
        boolean check = !wanted.equals("false");
        DemoSettings settings = new DemoSettings(
                port(properties, "demo.port.keycloak", check ? 0 : 8080),
                port(properties, "demo.port.app", check ? 0 : 8090),
                port(properties, "demo.port.inbox", check ? 0 : 8025),
                port(properties, "demo.port.smtp", check ? 0 : 2525),
                port(properties, "demo.port.function", check ? 0 : 8091),
                check);
        settings.refuseSharedPorts();
        return settings;
    }

    /** The same with a number for every port, each free a moment ago. */
    DemoSettings withFreePorts() throws DemoRefusal {
        DemoSettings settings =
                new DemoSettings(keycloak.free(), app.free(), inbox.free(), smtp.free(), function.free(), check);
        settings.refuseSharedPorts();
        return settings;
    }

    private void refuseSharedPorts() throws DemoRefusal {
        Set<Integer> seen = new HashSet<>();
        for (DemoPort port : List.of(keycloak, app, inbox, smtp, function)) {
            if (port.number() != 0 && !seen.add(port.number())) {
                throw new DemoRefusal("Port " + port.number() + " is taken twice; choose another one with -D"
                        + port.property() + "=PORT.");
            }
        }
    }

    private static DemoPort port(Properties properties, String property, int otherwise) throws DemoRefusal {
        return DemoPort.read(property, properties.getProperty(property, String.valueOf(otherwise)));
    }

    private static void refuseHostile(Map<String, String> environment) throws DemoRefusal {
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            String value = variable.getValue();
            if (variable.getKey().startsWith("GATEHOUSE_")
                    && (value.contains("${") || value.chars().anyMatch(DemoSettings::isHostile))) {
                throw new DemoRefusal("The environment variable " + DemoPort.printable(variable.getKey())
                        + " holds a quote, a backslash, a control character or \"${\", which a realm file cannot take;"
                        + " change or unset it.");
            }
        }
    }

    private static boolean isHostile(int character) {
        return "\"'`\\".indexOf(character) >= 0 || Character.isISOControl(character);
    }
}
