// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.gatehouse.core.link.Link;
import dev.gatehouse.core.link.MagicLinks;
import dev.gatehouse.core.link.Refusal;
import dev.gatehouse.core.secret.NumericCode;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.time.MovedTime;
import dev.gatehouse.spi.fake.FakeLogin;
import dev.gatehouse.spi.fake.FakeRealm;
import dev.gatehouse.spi.fake.FakeServer;
import dev.gatehouse.spi.fake.FakeSession;
import dev.gatehouse.spi.fake.FakeTab;
import dev.gatehouse.spi.fake.FakeUser;
import dev.gatehouse.spi.fake.RecordingFlowContext;
import dev.gatehouse.spi.fake.RecordingLimiter;
import dev.gatehouse.spi.fake.Stub;
import dev.gatehouse.spi.limit.Limiter;
import dev.gatehouse.spi.mail.MailFailure;
import dev.gatehouse.spi.mail.MailJob;
import dev.gatehouse.spi.mail.MailQueue;
import dev.gatehouse.spi.mail.MailTransactions;
import dev.gatehouse.spi.mail.RealmTransactions;
import dev.gatehouse.spi.mail.RecordingMailQueue;
import dev.gatehouse.spi.mail.Sending;
import dev.gatehouse.spi.singleuse.KeycloakSingleUseStore;
import org.keycloak.device.DeviceRepresentationProvider;
import org.keycloak.email.EmailTemplateProvider;
import org.keycloak.events.Event;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.account.DeviceRepresentation;
import org.keycloak.services.managers.BruteForceProtector;

/** One realm, one account, one browser with one tab, and the step in it. */
final class Journey {

    static final String ADDRESS = "kim@example.org";

    final MovedTime time = new MovedTime();
    final FakeRealm realm = new FakeRealm("realm-1", "shop");
    final FakeServer server = new FakeServer(time).with(realm);
    final FakeUser kim = server.with(realm, new FakeUser("user-kim", "kim", ADDRESS));
    final AuthenticationExecutionModel step = realm.step("execution-1", MagicLinkAuthenticatorFactory.PROVIDER_ID);
    final FakeLogin login = new FakeLogin("root-1");
    final FakeTab tab = login.tab("tab-1", realm.client("client-uuid", "app", "The App"));
    final RecordingMailQueue queue = new RecordingMailQueue();
    final RecordingMails mails = new RecordingMails();
    final RecordingLimiter limiter = new RecordingLimiter(time);
    final MagicLinkAuthenticator authenticator = new MagicLinkAuthenticator(new LinkSender(this::links), time);

    Journey() {
        server.provide(MailQueue.class, null, queue);
        server.provide(EmailTemplateProvider.class, null, mails);
        server.provide(Limiter.class, null, limiter);
        server.provide(DeviceRepresentationProvider.class, null, new DeviceRepresentationProvider() {
            @Override
            public DeviceRepresentation deviceRepresentation() {
                DeviceRepresentation device = new DeviceRepresentation();
                device.setBrowser("Firefox", "128.0");
                device.setOs("Linux");
                return device;
            }

            @Override
            public void close() {}
        });
    }

    /** Makes every look for an account a mistake. */
    void forbidLookingForAccounts() {
        server.users().on("getUserByEmail", call -> forbidden()).on("getUserById", call -> forbidden());
    }

    private static Object forbidden() {
        throw new AssertionError("an account was looked for");
    }

    /** Switches Keycloak's brute-force protection on, and says what it thinks of every account. */
    void locks(boolean permanently, boolean temporarily) {
        realm.bruteForceProtected();
        server.provide(
                BruteForceProtector.class,
                null,
                Stub.of(BruteForceProtector.class)
                        .is("isPermanentlyLockedOut", permanently)
                        .is("isTemporarilyDisabled", temporarily)
                        .get());
    }

    /** The links as a session sees them. */
    MagicLinks links(KeycloakSession session) {
        return new MagicLinks(
                new KeycloakSingleUseStore(
                        session.singleUseObjects(), session.getContext().getRealm()),
                time);
    }

    /** The links as they are stored. */
    MagicLinks links() {
        return new MagicLinks(new KeycloakSingleUseStore(server.objects(), realm.model()), time);
    }

    MagicLinkSettings settings() {
        return MagicLinkSettings.of(realm.model(), step).orElseThrow();
    }

    CookieBrowser browser() {
        return new CookieBrowser(login.root(), AskingBrowser.markOf(session().model()));
    }

    WaitingTab waiting() {
        return new WaitingTab(tab.model());
    }

    RecordingFlowContext request() {
        return new RecordingFlowContext(server.request(realm), realm, tab, step);
    }

    /** Reaches the step, or reloads its page. */
    RecordingFlowContext shows() {
        RecordingFlowContext context = request();
        authenticator.authenticate(context.model());
        return context;
    }

    /** Presses a button of the step's page. */
    RecordingFlowContext posts(Map<String, String> form) {
        RecordingFlowContext context = request().posting(form);
        authenticator.action(context.model());
        return context;
    }

    RecordingFlowContext presses(String action) {
        return posts(Map.of("gatehouseAction", action));
    }

    RecordingFlowContext asksFor(String address) {
        return posts(Map.of("gatehouseAction", "send", "email", address));
    }

    /** Lets the queue run the newest job. */
    void delivers() throws MailFailure {
        List<MailJob> jobs = queue.jobs();
        delivers(jobs.get(jobs.size() - 1));
    }

    /** Runs {@code job} as a queue that tries once. */
    void delivers(MailJob job) throws MailFailure {
        RealmTransactions transactions = MailTransactions.of(server.factory(), job.realmId());
        Optional<Sending> ready = job.prepare(transactions);
        if (ready.isEmpty()) {
            return;
        }
        Sending sending = ready.get();
        if (!time.instant().isBefore(sending.until())) {
            sending.gaveUp(transactions, "mail_too_late");
            return;
        }
        try {
            sending.send(transactions);
        } catch (MailFailure e) {
            sending.gaveUp(transactions, "mail_failed");
            throw e;
        }
    }

    /** Asks, lets the mail come, and returns the token in it. */
    Secret receives(String address) throws MailFailure {
        asksFor(address);
        delivers();
        return mails.newest().token();
    }

    /** Asks, lets the mail come, and returns the code in it. */
    String receivesCode(String address) throws MailFailure {
        asksFor(address);
        delivers();
        return mails.newest().code();
    }

    /** Types a code into the waiting page. */
    RecordingFlowContext types(String code) {
        return posts(Map.of("gatehouseAction", "code", "code", code));
    }

    /** Opens the link in the browser that asked, and confirms. */
    Link confirms(Secret token) {
        Link link = links().redeem(token, browser()).accepted().orElseThrow();
        links().approve(link, Duration.ofMinutes(10));
        return link;
    }

    /** Whether {@code token} could be redeemed now. */
    boolean works(Secret token) {
        return links().look(token, browser()).accepted().isPresent();
    }

    /** Why {@code token} could not be redeemed now. */
    Optional<Refusal> looked(Secret token) {
        return Optional.ofNullable(links().look(token, browser()).refusal());
    }

    List<Event> events() {
        return server.events();
    }

    Event onlyEvent() {
        if (events().size() != 1) {
            throw new AssertionError("not one event but " + events().size());
        }
        return events().get(0);
    }

    /** A request of the server's own, outside of any flow. */
    FakeSession session() {
        return server.request(realm);
    }

    LinkOrder order(String address, Secret token) {
        return order(address, token, true);
    }

    /** For an address that got as many mails as it may. */
    LinkOrder droppedOrder(String address, Secret token) {
        return order(address, token, false);
    }

    private LinkOrder order(String address, Secret token, boolean mayBeSent) {
        Secret nonce = Secret.parse("B".repeat(42) + "A").orElseThrow();
        Instant expires = time.instant().plus(Duration.ofMinutes(15));
        String browser = AskingBrowser.mark(
                session().model(), () -> Secret.parse("C".repeat(42) + "A").orElseThrow());
        waiting().waitFor(token, nonce, step.getId(), browser, address, expires);
        NumericCode code = NumericCode.parse("123456").orElseThrow();
        return new LinkOrder(
                realm.id(),
                new LinkOrder.Target(address, false, null),
                waiting().place(step.getId()),
                new LinkOrder.App("app", "The App", "client-data", null),
                new LinkOrder.Proof(
                        token,
                        code,
                        code.hash(nonce),
                        nonce.hash(),
                        expires,
                        Duration.ofMinutes(15),
                        URI.create("https://id.example.org/open?t=" + token.reveal())),
                new LinkOrder.Asker("192.0.2.7", "Firefox, Linux", time.instant(), "de"),
                mayBeSent);
    }
}
