// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.totp;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;

import dev.gatehouse.core.otp.OtpSecret;
import dev.gatehouse.core.otp.StepMatch;
import dev.gatehouse.core.otp.TimeBasedCheck;
import dev.gatehouse.spi.seal.SecretSealer;
import jakarta.ws.rs.core.MultivaluedMap;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.CredentialRegistrator;
import org.keycloak.authentication.InitiatedActionSupport;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.credential.OTPCredentialProviderFactory;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Sets up a device: shows a secret that the server made, takes a code as the proof that the device has it, and stores it
 * only then. A proof is a code that was used: it signs nobody in.
 */
final class EnrolTotp implements RequiredActionProvider, CredentialRegistrator {

    private final InstantSource clock;
    private final SecureRandom random;

    EnrolTotp(InstantSource clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    @Override
    public InitiatedActionSupport initiatedActionSupport() {
        return InitiatedActionSupport.SUPPORTED;
    }

    @Override
    public String getCredentialType(KeycloakSession session, AuthenticationSessionModel tab) {
        return OTPCredentialModel.TYPE;
    }

    @Override
    public void evaluateTriggers(RequiredActionContext context) {
        // Flows and administrators ask for it.
    }

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        EnrolmentSecret waiting = waiting(context);
        new EnrolmentPage(context).show(waiting.waiting().orElseGet(() -> waiting.make(random)));
    }

    @Override
    @SuppressWarnings("deprecation") // Keycloak still tells the older event too, and listeners wait for it.
    public void processAction(RequiredActionContext context) {
        Optional<OtpSecret> secret = waiting(context).waiting();
        if (secret.isEmpty()) {
            // The tab was opened anew, or by somebody else.
            requiredActionChallenge(context);
            return;
        }
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        NewDevice device = NewDevice.asked(context, form.getFirst("userLabel"));
        Optional<StepMatch> proof =
                TimeBasedCheck.match(secret.get(), device.parameters(), clock.instant(), form.getFirst("totp"));
        Optional<EnrolmentProblem> problem = proof.isEmpty() ? Optional.of(EnrolmentProblem.CODE) : device.problem();
        if (problem.isPresent()) {
            refuse(context, secret.get(), device, problem.get());
            return;
        }
        try {
            credentials(context).enrol(context.getRealm(), context.getUser(), device, secret.get(), proof.get());
        } catch (ModelDuplicateException e) {
            refuse(context, secret.get(), device, EnrolmentProblem.NAME_TAKEN);
            return;
        }
        if ("on".equals(form.getFirst("logout-sessions"))) {
            AuthenticatorUtil.logoutOtherSessions(context);
        }
        waiting(context).forget();
        RecoveryCodesOffer.make(context);
        EventBuilder former = event(context).clone().event(EventType.UPDATE_TOTP);
        context.success();
        former.success();
    }

    private static void refuse(
            RequiredActionContext context, OtpSecret secret, NewDevice device, EnrolmentProblem problem) {
        event(context).clone().detail("gatehouse_reason", problem.reason()).error(Errors.INVALID_USER_CREDENTIALS);
        new EnrolmentPage(context).show(secret, device, problem);
    }

    private static EventBuilder event(RequiredActionContext context) {
        return context.getEvent()
                .event(EventType.UPDATE_CREDENTIAL)
                .detail(Details.CREDENTIAL_TYPE, OTPCredentialModel.TYPE);
    }

    private static EnrolmentSecret waiting(RequiredActionContext context) {
        return new EnrolmentSecret(
                context.getAuthenticationSession(),
                context.getRealm(),
                context.getUser(),
                context.getSession().getProvider(SecretSealer.class));
    }

    private static SealedOtpCredentialProvider credentials(RequiredActionContext context) {
        return (SealedOtpCredentialProvider)
                context.getSession().getProvider(CredentialProvider.class, OTPCredentialProviderFactory.PROVIDER_ID);
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
