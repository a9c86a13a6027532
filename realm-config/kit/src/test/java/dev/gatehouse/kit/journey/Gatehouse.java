// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.kit.mail.MailServer;
import dev.gatehouse.kit.server.RunningServer;
import dev.gatehouse.kit.server.RunningSystem;
import dev.gatehouse.kit.server.ServerRuntime;
import dev.gatehouse.kit.server.ServerSettings;
import dev.gatehouse.kit.server.StartFailure;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.EventRepresentation;
import org.keycloak.representations.info.ProviderRepresentation;
import org.keycloak.representations.info.SpiInfoRepresentation;

/** A running system: Keycloak, its mail server, and an administrator's access to it. */
public final class Gatehouse implements RunningSystem {

    public static final String REALM = "gatehouse";

    private final MailServer mail;
    private final RunningServer server;
    private final String adminPassword;
    private final Keycloak admin;

    Gatehouse(MailServer mail, RunningServer server) {
        this(mail, server, server.adminPassword());
    }

    /** For a server with a database of an earlier one, whose administrator it keeps. */
    Gatehouse(MailServer mail, RunningServer server, String adminPassword) {
        this.mail = mail;
        this.server = server;
        this.adminPassword = adminPassword;
        this.admin =
                Keycloak.getInstance(server.url().toString(), "master", server.adminUser(), adminPassword, "admin-cli");
    }

    public static Gatehouse start(ServerRuntime runtime) {
        MailServer mail = MailServer.start();
        ServerSettings settings = new ServerSettings(0, environment(mail), true, ServerSettings.BEHIND_A_PROXY);
        try {
            return new Gatehouse(mail, runtime.start(settings, step -> System.out.println("[kit] " + step)));
        } catch (StartFailure e) {
            mail.close();
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** What the shipped realm has to know of the mail server. */
    static Map<String, String> environment(MailServer mail) {
        return Map.of(
                "GATEHOUSE_SMTP_HOST", mail.host(),
                "GATEHOUSE_SMTP_PORT", Integer.toString(mail.port()),
                "GATEHOUSE_SMTP_FROM", "sign-in@gatehouse.example");
    }

    @Override
    public List<RunningServer> servers() {
        return List.of(server);
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

    /** The password of that administrator. */
    String adminPassword() {
        return adminPassword;
    }

    /** The shipped realm, for its administrator. */
    public RealmResource realm() {
        return admin.realm(REALM);
    }

    /** The address of the shipped realm, which is the issuer of its tokens. */
    public URI issuer() {
        return URI.create(server.frontend() + "/realms/" + REALM);
    }

    /** A new account is described with this. */
    public PersonBuilder aPerson() {
        return new PersonBuilder(realm());
    }

    /** The app that people sign in to. */
    public App app() {
        return new App(issuer(), "gatehouse-app", App.CALLBACK, server::route);
    }

    /** The same app on another port of this machine, which something listens on. */
    public App appAt(int port) {
        return new App(issuer(), "gatehouse-app", URI.create("http://127.0.0.1:" + port + "/callback"), server::route);
    }

    /** The newest audit events of the shipped realm, newest first. */
    public List<EventRepresentation> events(String type) {
        return realm().getEvents(List.of(type), null, null, null, null, null, 0, 200);
    }

    /** What one of the server's providers tells of itself in the console. */
    Map<String, String> operationalInfo(String spi, String id) {
        return Optional.ofNullable(admin.serverInfo().getInfo().getProviders().get(spi))
                .map(SpiInfoRepresentation::getProviders)
                .map(providers -> providers.get(id))
                .map(ProviderRepresentation::getOperationalInfo)
                .orElseThrow();
    }

    /** The attributes of the shipped realm. */
    public RealmAttributes attributes() {
        return new RealmAttributes(realm());
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
