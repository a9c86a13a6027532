// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.spi.limit.Attempt;
import dev.gatehouse.spi.limit.LimitRule;
import dev.gatehouse.spi.limit.Verdict;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.browser.AbstractUsernameFormAuthenticator;
import org.keycloak.authentication.authenticators.resetcred.ResetCredentialChooseUser;
import org.keycloak.services.managers.AuthenticationManager;

/**
 * The step {@code gatehouse-reset-choose-user}: Keycloak's step behind a limit. The step succeeds whoever is
 * asked for, so a success gives nothing back.
 */
final class LimitedResetCredentialChooseUser extends ResetCredentialChooseUser {

    /** Whoever asks, and from wherever: the mails that one name can be sent. */
    private static final Attempt MAIL = Attempt.at("reset", LimitRule.SEND_NAME);

    private final StepRates rates;

    LimitedResetCredentialChooseUser(StepRates rates) {
        this.rates = rates;
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        Verdict verdict = Guard.of(context, rates).ask(Limit.RESET.attempt().naming(typed(context)));
        if (verdict.goesOn()) {
            send(context);
        } else {
            Guard.refuse(context, verdict, page(context, verdict));
        }
    }

    /** A name that has got its mails goes on as a name that nobody has: the page is the same, and nothing is sent. */
    private void send(AuthenticationFlowContext context) {
        @Nullable String typed = typed(context);
        if (typed == null || Guard.of(context, rates).ask(MAIL.naming(typed)).goesOn()) {
            super.action(context);
            return;
        }
        context.getAuthenticationSession()
                .setAuthNote(AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME, typed.trim());
        context.clearUser();
        context.success();
    }

    private static Response page(AuthenticationFlowContext context, Verdict verdict) {
        @Nullable String typed = typed(context);
        if (typed != null) {
            // The page shows the name of this note, not that of the form.
            context.getAuthenticationSession()
                    .setAuthNote(AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME, typed.trim());
        }
        return Guard.explain(context.form(), verdict).createPasswordReset();
    }

    private static @Nullable String typed(AuthenticationFlowContext context) {
        return context.getHttpRequest().getDecodedFormParameters().getFirst(AuthenticationManager.FORM_USERNAME);
    }
}
