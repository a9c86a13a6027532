// SPDX-License-Identifier: Apache-2.0
/**
 * A real SMTP server on the loop-back, and the mailboxes behind it.
 *
 * <p>Every mail is taken for every address, kept in memory and read as a person's mail program reads it. The server
 * can be slow, and it can be gone. It sends nothing on, checks no sender and asks for no password.
 */
@NullMarked
package dev.gatehouse.kit.mail;

import org.jspecify.annotations.NullMarked;
