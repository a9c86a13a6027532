// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.mail;

import org.keycloak.provider.Provider;

/** The one queue of mails of a server, as a request sees it. */
public interface MailQueue extends Provider {

    /** Runs {@code job} soon after the transaction of this session is committed; never, if it is rolled back. */
    void afterCommit(MailJob job);

    @Override
    default void close() {}
}
