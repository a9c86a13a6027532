// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.net.URI;
import java.util.List;
import java.util.Map;

import dev.gatehouse.kit.mail.MailServer;
import dev.gatehouse.kit.server.RunningServer;
import dev.gatehouse.kit.server.ServerRuntime;
import dev.gatehouse.kit.server.ServerSettings;
import dev.gatehouse.kit.server.StartFailure;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.EventRepresentation;

/** A running system: Keycloak, its mail server, and an administrator's access to it. */
public final class Gatehouse implements AutoCloseable {

    public static final String REALM = "gatehouse";

    private final MailServer mail;
    private final RunningServer server;
    private final Keycloak admin;

    private Gatehouse(MailServer mail, RunningServer server) {
        this.mail = mail;
        this.server = server;
        this.admin = Keycloak.getInstance(
                server.url().toString(), "master", server.adminUser(), server.adminPassword(), "admin-cli");
    }

    public static Gatehouse start(ServerRuntime runtime) {
        MailServer mail = MailServer.start();
        try {
            return new Gatehouse(mail, runtime.start(settings(mail), step -> System.out.println("[kit] " + step)));
        } catch (StartFailure e) {
            mail.close();
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static ServerSettings settings(MailServer mail) {
        return new ServerSettings(
                0,
                Map.of(
                        "GATEHOUSE_SMTP_HOST", mail.host(),
                        "GATEHOUSE_SMTP_PORT", Integer.toString(mail.port()),
                        "GATEHOUSE_SMTP_FROM", "sign-in@gatehouse.example"),
                true,
                List.of());
    }

    public RunningServer server() {
        return server;
    }

    public MailServer mail() {
        return mail;
    }

    public Keycloak admin() {
        return admin;
    }

    /** The shipped realm, for its administrator. */
    public RealmResource realm() {
        return admin.realm(REALM);
    }

    /** The address of the shipped realm, which is the issuer of its tokens. */
    public URI issuer() {
        return URI.create(server.url() + "/realms/" + REALM);
    }

    /** A new account is described with this. */
    public PersonBuilder aPerson() {
        return new PersonBuilder(realm());
    }

    /** The app that people sign in to. */
    public App app() {
        return new App(issuer(), "gatehouse-app");
    }

    /** The same app on another port of this machine, which something listens on. */
    public App appAt(int port) {
        return new App(issuer(), "gatehouse-app", URI.create("http://127.0.0.1:" + port + "/callback"));
    }

    /** The newest audit events of the shipped realm, newest first. */
    public List<EventRepresentation> events(String type) {
        return realm().getEvents(List.of(type), null, null, null, null, null, 0, 200);
    }

    /** The configuration of the step for sign-in links. */
    public StepConfig linkStep() {
        return new StepConfig(realm(), "gatehouse magic link");
    }

    @Override
    public void close() {
        admin.close();
        server.close();
        mail.close();
    }
}
