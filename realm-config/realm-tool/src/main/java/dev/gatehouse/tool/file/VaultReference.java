// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.file;

import java.util.regex.Pattern;

/** What stands in a realm for a secret that the server looks up in its vault, and is no secret itself. */
public final class VaultReference {

    private static final Pattern WRITTEN = Pattern.compile("\\$\\{vault\\.[^{}\\s]+}");

    private VaultReference() {}

    /** For the secret of that key. */
    public static String to(String key) {
        return "${vault." + key + "}";
    }

    /** Whether {@code text} is one, and nothing else. */
    public static boolean is(String text) {
        return WRITTEN.matcher(text).matches();
    }
}
