// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.kit.journey.App;
import dev.gatehouse.kit.journey.Gatehouse;
import dev.gatehouse.kit.journey.Person;
import dev.gatehouse.kit.journey.PersonBuilder;
import dev.gatehouse.kit.server.Build;
import org.keycloak.representations.idm.AuthenticationExecutionExportRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;

/**
 * A realm made from the shipped file, with some people in it.
 *
 * @param limited whether it is as shipped, or without limits
 */
record TwinRealm(URI issuer, boolean limited, List<Person> people) {

    private static final String OUR_FORM = "gatehouse-username-password-form";
    private static final String KEYCLOAKS_FORM = "auth-username-password-form";

    /** Keycloak notes a sign-in after it has answered, and turns away whoever is back before that: people take turns. */
    private static final int PEOPLE = 20;

    static TwinRealm asShipped(Gatehouse gatehouse) {
        return create(gatehouse, "with", true, shipped());
    }

    static TwinRealm withoutLimits(Gatehouse gatehouse) {
        RealmRepresentation realm = shipped();
        Map<String, String> attributes = new HashMap<>(realm.getAttributes());
        attributes.keySet().removeIf(name -> name.startsWith("gatehouse."));
        attributes.put("gatehouse.limits.mode", "off");
        realm.setAttributes(attributes);
        List<AuthenticationExecutionExportRepresentation> forms = realm.getAuthenticationFlows().stream()
                .flatMap(flow -> flow.getAuthenticationExecutions().stream())
                .filter(execution -> OUR_FORM.equals(execution.getAuthenticator()))
                .toList();
        if (forms.isEmpty()) {
            throw new IllegalStateException("The shipped realm has no " + OUR_FORM);
        }
        forms.forEach(form -> form.setAuthenticator(KEYCLOAKS_FORM));
        return create(gatehouse, "without", false, realm);
    }

    /** As shipped, with a mail server at {@code port} of this machine, for as many mails as anybody asks for. */
    static TwinRealm thatMails(Gatehouse gatehouse, String name, int port) {
        RealmRepresentation realm = shipped();
        realm.setSmtpServer(Map.of(
                "host", gatehouse.mail().host(), "port", Integer.toString(port), "from", "sign-in@gatehouse.example"));
        Map<String, String> attributes = new HashMap<>(realm.getAttributes());
        attributes.put("gatehouse.limits.send.name", "1000/1h");
        realm.setAttributes(attributes);
        return create(gatehouse, name, true, realm);
    }

    /** As shipped, with Keycloak's form that asks for a username in the place of the step for links. */
    static TwinRealm thatAsksForNames(Gatehouse gatehouse, String name) {
        RealmRepresentation realm = shipped();
        List<AuthenticationExecutionExportRepresentation> steps = realm.getAuthenticationFlows().stream()
                .filter(flow -> flow.getAlias().equals("gatehouse browser first factor"))
                .flatMap(flow -> flow.getAuthenticationExecutions().stream())
                .toList();
        steps.forEach(step -> {
            boolean first = step.getAuthenticator().equals("gatehouse-magic-link");
            step.setAuthenticator(first ? "auth-username-form" : "auth-password-form");
            step.setAuthenticatorConfig(null);
            step.setRequirement("REQUIRED");
        });
        return create(gatehouse, name, true, realm);
    }

    /** The app that people of this realm sign in to; a new one for each sign-in. */
    App app() {
        return new App(issuer, "gatehouse-app");
    }

    /** Who signs in now. */
    Person person(int turn) {
        return people.get(turn % people.size());
    }

    private static TwinRealm create(Gatehouse gatehouse, String name, boolean limited, RealmRepresentation realm) {
        realm.setRealm(name);
        gatehouse.admin().realms().create(realm);
        return new TwinRealm(
                URI.create(gatehouse.server().frontend() + "/realms/" + name),
                limited,
                Stream.generate(() -> new PersonBuilder(gatehouse.admin().realm(name)).create())
                        .limit(PEOPLE)
                        .toList());
    }

    /** As it is uploaded in the console; nobody gets mail here. */
    private static RealmRepresentation shipped() {
        try {
            // The representation on this class path is older than some of the realm's settings, which no twin needs.
            return new ObjectMapper()
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .readValue(
                            Build.target()
                                    .resolve("realm/gatehouse-console.json")
                                    .toFile(),
                            RealmRepresentation.class);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the shipped realm", e);
        }
    }
}
