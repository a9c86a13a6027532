// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.time.InstantSource;
import java.util.Optional;

import dev.gatehouse.core.link.MagicLinks;
import dev.gatehouse.spi.singleuse.KeycloakSingleUseStore;
import jakarta.ws.rs.core.MultivaluedMap;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * The step {@code gatehouse-magic-link}.
 *
 * <p>It is no {@code CredentialValidator}: with that, Keycloak would offer it under "try another way" only to users
 * who have a stored credential of its kind, and there is none.
 */
final class MagicLinkAuthenticator implements Authenticator {

    private final LinkSender sender;
    private final InstantSource clock;

    MagicLinkAuthenticator(LinkSender sender, InstantSource clock) {
        this.sender = sender;
        this.clock = clock;
    }

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        step(context).ifPresentOrElse(step -> show(context, step), () -> MagicLinkPages.skip(context));
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        step(context).ifPresentOrElse(step -> act(context, step, form), () -> MagicLinkPages.unavailable(context));
    }

    /** A tab that a minted link opened is asked first; everywhere else the step is as always. */
    private void show(AuthenticationFlowContext context, MagicLinkStep step) {
        if (!new MintedStep(context, clock).shows()) {
            step.show();
        }
    }

    private void act(AuthenticationFlowContext context, MagicLinkStep step, MultivaluedMap<String, String> form) {
        if (!new MintedStep(context, clock).acts(form.getFirst("gatehouseAction"), step::show)) {
            step.act(form);
        }
    }

    private Optional<MagicLinkStep> step(AuthenticationFlowContext context) {
        MagicLinks links = new MagicLinks(
                new KeycloakSingleUseStore(context.getSession().singleUseObjects(), context.getRealm()), clock);
        return MagicLinkSettings.of(context.getRealm(), context.getExecution())
                .map(settings -> new MagicLinkStep(context, settings, links, sender, clock));
    }

    @Override
    public boolean requiresUser() {
        return false;
    }

    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        // Every account may stand here; whether it may sign in is decided out of sight.
        return true;
    }

    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {
        // Nothing has to be set up.
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
