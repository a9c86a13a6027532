// SPDX-License-Identifier: Apache-2.0
/**
 * Text messages. Where they go is the server's own choice, an option that no admin of a realm can change: who could,
 * could let the server ask any address of its own network.
 */
@NullMarked
package dev.gatehouse.spi.sms;

import org.jspecify.annotations.NullMarked;
