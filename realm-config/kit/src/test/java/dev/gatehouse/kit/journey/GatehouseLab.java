// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import dev.gatehouse.kit.mail.MailServer;
import dev.gatehouse.kit.probe.ClockProbe;
import dev.gatehouse.kit.probe.ProbeJar;
import dev.gatehouse.kit.server.Build;
import dev.gatehouse.kit.server.RunningServer;
import dev.gatehouse.kit.server.RunningSystem;
import dev.gatehouse.kit.server.ServerRuntime;
import dev.gatehouse.kit.server.ServerSettings;
import dev.gatehouse.kit.server.StartFailure;

/** The running system with a gateway for text messages, and a clock that can be moved. */
public final class GatehouseLab implements RunningSystem {

    /** What the gateway knows the server by. */
    static final String SECRET = "s3cr3t-of-the-gateway";

    private final Gatehouse gatehouse;
    private final SmsGateway sms;
    private Duration ahead = Duration.ZERO;

    private GatehouseLab(Gatehouse gatehouse, SmsGateway sms) {
        this.gatehouse = gatehouse;
        this.sms = sms;
    }

    public static GatehouseLab start() {
        MailServer mail = MailServer.start();
        SmsGateway sms = SmsGateway.start();
        Map<String, String> environment = new HashMap<>(Gatehouse.environment(mail));
        // As an operator would: what is secret is in the environment.
        environment.put("KC_SPI_GATEHOUSE_SMS__GATEHOUSE_HTTP_SMS__SECRET", SECRET);
        environment.put("KC_SPI_GATEHOUSE_SMS__GATEHOUSE_HTTP_SMS__HEADERS", "Authorization: Bearer {secret}");
        List<String> options = new ArrayList<>(ServerSettings.BEHIND_A_PROXY);
        // What cannot be sent is given up while a journey waits for it.
        options.add("--spi-gatehouse-mail--gatehouse-mail-queue--attempts=2");
        options.add("--spi-gatehouse-mail--gatehouse-mail-queue--retry-after=1s");
        options.add("--spi-gatehouse-sms--gatehouse-http-sms--url=" + sms.address());
        boolean complete = false;
        try {
            RunningServer server = ServerRuntime.distribution(
                            Build.target().resolve("keycloak-lab"),
                            List.of(ProbeJar.in(Build.target().resolve("probe"))))
                    .start(
                            new ServerSettings(0, environment, true, options),
                            step -> System.out.println("[kit] " + step));
            complete = true;
            return new GatehouseLab(new Gatehouse(mail, server), sms);
        } catch (StartFailure e) {
            throw new IllegalStateException(e.getMessage(), e);
        } finally {
            if (!complete) {
                sms.close();
                mail.close();
            }
        }
    }

    Gatehouse gatehouse() {
        return gatehouse;
    }

    SmsGateway sms() {
        return sms;
    }

    /** Lets time pass on the server, at once. An administrator has to {@link #signInAdmin} again afterwards. */
    void pass(Duration time) {
        set(ahead.plus(time));
    }

    /** The administrator gets new tokens: the old ones are of another time. */
    void signInAdmin() {
        var unused = gatehouse.admin().tokenManager().grantToken();
    }

    private void set(Duration time) {
        Page answer = Browser.fresh()
                .requests()
                .post(
                        URI.create(
                                gatehouse.server().url() + "/realms/master/" + ClockProbe.ID + "/" + time.toSeconds()),
                        Map.of());
        if (answer.status() != 204) {
            throw new IllegalStateException("The clock could not be moved: " + answer.status());
        }
        ahead = time;
    }

    @Override
    public List<RunningServer> servers() {
        return gatehouse.servers();
    }

    /** The clock is right again. */
    @Override
    public void heal() {
        if (!ahead.isZero()) {
            set(Duration.ZERO);
            signInAdmin();
        }
        sms.reopen();
    }

    @Override
    public void close() {
        gatehouse.close();
        sms.close();
    }
}
