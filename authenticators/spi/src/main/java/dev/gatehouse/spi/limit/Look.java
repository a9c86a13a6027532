// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.limit;

/**
 * What would come of an attempt that is not counted yet.
 *
 * @param verdict what would be decided now
 * @param count counts the attempt after all; it needs no transaction of the request, and refuses nothing
 */
public record Look(Verdict verdict, Runnable count) {}
