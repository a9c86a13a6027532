// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.realm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The files of the realm: the hand-written one, and those that the build derives from it. */
public final class RealmFiles {

    /** For a server that imports it at start; has placeholders for {@code GATEHOUSE_…} variables. */
    public static final String IMPORT = "gatehouse.json";

    /** For the console and the Admin REST API, which know no placeholders; has none. */
    public static final String CONSOLE = "gatehouse-console.json";

    /** What the tokens of the realm promise. */
    public static final String CONTRACT = "token-contract.json";

    private static final ObjectMapper JSON = new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private RealmFiles() {}

    /** Writes what is derived beside the source, in the folder that is named. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        JsonNode source = JSON.readTree(Files.readString(folder.resolve(IMPORT), StandardCharsets.UTF_8));
        Files.writeString(folder.resolve(CONSOLE), text(ConsoleRealm.of(source)));
        Files.writeString(
                folder.resolve(CONTRACT), text(TokenContract.of(source).json()));
    }

    /** One of the files, as this build made it. */
    public static JsonNode read(String name) {
        try (InputStream content = RealmFiles.class.getResourceAsStream("/" + name)) {
            if (content == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return JSON.readTree(content);
        } catch (IOException e) {
            throw new IllegalStateException(name + " cannot be read", e);
        }
    }

    /** JSON as people write it: two spaces, and a line for each member. */
    static String text(JsonNode node) throws IOException {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter()
                .withSeparators(Separators.createDefaultInstance()
                        .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                        .withObjectEmptySeparator("")
                        .withArrayEmptySeparator(""));
        printer.indentObjectsWith(lines);
        printer.indentArraysWith(lines);
        return JSON.writer(printer).writeValueAsString(node) + "\n";
    }
}
