// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.limit;

/** What happens to tries while the store is away. */
public enum FailureMode {
    /** The process counts for itself: each node lets as many through as the rate says. */
    LOCAL,
    /** Every try goes through. */
    ALLOW,
    /** No try goes through. */
    DENY
}
