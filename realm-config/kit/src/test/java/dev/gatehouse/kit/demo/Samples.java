// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.demo;

import java.io.IOException;
import java.net.URI;
import java.util.List;

import dev.gatehouse.samples.KitRealm;
import dev.gatehouse.samples.MeFunction;
import dev.gatehouse.verifier.TokenVerifier;

/** The sample function, run beside the demo as it would run on a platform. */
record Samples(URI url, MeFunction me) implements AutoCloseable {

    /** It takes the tokens of this issuer, and answers scripts of the app's origin. */
    static Samples start(URI issuer, DemoPort port, URI app) throws DemoRefusal {
        TokenVerifier verifier =
                KitRealm.verifier(issuer.toString(), KitRealm.AUDIENCE).build();
        try {
            // A refusal is shown by the page that asked; a line of log for each would hide the demo's addresses.
            MeFunction me = MeFunction.start(verifier, List.of(app.toString()), port.number(), line -> {});
            return new Samples(URI.create("http://127.0.0.1:" + me.port()), me);
        } catch (IOException e) {
            throw port.refusal(e);
        }
    }

    @Override
    public void close() {
        me.close();
    }
}
