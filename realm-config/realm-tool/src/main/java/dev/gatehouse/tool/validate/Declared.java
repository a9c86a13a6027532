// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool.validate;

import java.util.List;
import java.util.Map;

import dev.gatehouse.core.settings.Declarations;
import dev.gatehouse.core.settings.Setting;

/**
 * What the pack lets a realm name and set.
 *
 * @param attributes the realm attributes
 * @param providers steps and other providers by id, with what stands in their configuration
 */
record Declared(List<Setting<?>> attributes, Map<String, List<Setting<?>>> providers) {

    static Declared byThePack() {
        ClassLoader loader = Declared.class.getClassLoader();
        return new Declared(Declarations.allRealmSettings(loader), Declarations.allProviderSettings(loader));
    }
}
