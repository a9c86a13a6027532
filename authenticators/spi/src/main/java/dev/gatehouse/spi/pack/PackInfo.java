// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.pack;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.gatehouse.core.settings.Setting;
import dev.gatehouse.core.settings.Settings;

/** What the console's page of providers shows of ours. */
public final class PackInfo {

    private PackInfo() {}

    /** The pack's version and the options in use; more can be put into it. */
    public static Map<String, String> of(Settings options, List<Setting<?>> declared) {
        Map<String, String> info = new LinkedHashMap<>();
        info.put("version", PackVersion.current());
        declared.forEach(option -> info.put(option.key(), options.shown(option)));
        return info;
    }
}
