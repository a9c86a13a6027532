// SPDX-License-Identifier: Apache-2.0
/**
 * The benchmarks: one command that measures what the limits cost and what they hold, on a server and a cluster of its
 * own, and fails where a bound is missed.
 *
 * <p>It uses the shipped jar and the shipped realm. Costs are told as ratios of what was measured side by side, so they
 * say the same on another machine; the times themselves do not.
 */
@NullMarked
package dev.gatehouse.kit.bench;

import org.jspecify.annotations.NullMarked;
