// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.report;

/**
 * One thing that is wrong.
 *
 * @param path where: a JSON path such as {@code $.clients[0].redirectUris}, an option, or empty for the whole
 * @param sentence what is wrong and what would be right, without a full stop; never with a secret
 */
public record Problem(String path, String sentence) {

    /** A problem of no particular place. */
    public static Problem of(String sentence) {
        return new Problem("", sentence);
    }

    /** One line. */
    public String line() {
        return path.isEmpty() ? sentence : path + ": " + sentence;
    }
}
