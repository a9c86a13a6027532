// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.change;

import java.util.List;

/**
 * One thing that is to be done.
 *
 * @param what its name while it is done, such as {@code client gatehouse-app}
 * @param lines what the operator reads before it is done, a line a difference
 * @param write does it
 */
public record Change(String what, List<String> lines, Runnable write) {

    public Change {
        lines = List.copyOf(lines);
    }
}
