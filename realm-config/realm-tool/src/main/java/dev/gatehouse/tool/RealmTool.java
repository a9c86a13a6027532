// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.tool;

import picocli.CommandLine.Command;

/** The program itself; what it does is in its commands. */
@Command(
        name = "gatehouse-realm-tool",
        description = "Keeps a realm as its file says.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        scope = picocli.CommandLine.ScopeType.INHERIT,
        versionProvider = RealmTool.Version.class,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:done", "1:refused or failed, one line a problem", "2:wrong usage"})
final class RealmTool {

    /** From the manifest of the one jar. */
    static final class Version implements picocli.CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = RealmTool.class.getPackage().getImplementationVersion();
            return new String[] {"gatehouse-realm-tool " + (version == null ? "(not packed)" : version)};
        }
    }
}
