// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import dev.gatehouse.spi.limit.Attempt;
import dev.gatehouse.spi.limit.LimitAnswers;
import dev.gatehouse.spi.limit.LimitRule;
import dev.gatehouse.spi.limit.Limiter;
import dev.gatehouse.spi.limit.Verdict;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;

/**
 * How many mails may be asked for. Who asks too often is told; that an address has got too many is told to nobody, so
 * that nobody learns who else asks for mails to it. A browser in which somebody has signed in with the address has
 * budgets of its own.
 */
final class SendLimits {

    /** What is tried, as the limits call it. */
    static final String ENDPOINT = "magic-link";

    private final AuthenticationFlowContext context;
    private @Nullable Verdict refusal;

    SendLimits(AuthenticationFlowContext context) {
        this.context = context;
    }

    /** Whether this client may ask for one more mail, to whatever address. If not, the operator is told. */
    boolean letsAsk(String address) {
        Verdict verdict = acquire(LimitRule.SEND_ADDRESS, address);
        if (!verdict.goesOn()) {
            refusal = verdict;
            LimitAnswers.tell(context.getEvent(), verdict);
        }
        return verdict.goesOn();
    }

    /** Whether {@code address} may get one more mail. */
    boolean letsSend(String address) {
        return acquire(LimitRule.SEND_NAME, address).goesOn();
    }

    /** The last refusal of {@link #letsAsk}. */
    Verdict refusal() {
        if (refusal == null) {
            throw new IllegalStateException("Nothing was refused");
        }
        return refusal;
    }

    private Verdict acquire(LimitRule rule, String address) {
        return context.getSession()
                .getProvider(Limiter.class)
                .acquire(context.getRealm(), Attempt.at(ENDPOINT, rule).naming(address));
    }
}
