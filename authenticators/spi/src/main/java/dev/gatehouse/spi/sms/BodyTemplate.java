// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.sms;

import java.util.Map;
import java.util.Set;

/** What is said to a gateway. Each value means itself, whatever it holds. */
final class BodyTemplate {

    private static final String TO = "to";
    private static final String TEXT = "text";
    private static final String FROM = "from";

    private final BodyKind kind;
    private final Template template;

    private BodyTemplate(BodyKind kind, Template template) {
        this.kind = kind;
        this.template = template;
    }

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException with a clause that shows no more of {@code text} than a name in braces
     */
    static BodyTemplate parse(BodyKind kind, String text) {
        Template template = Template.parse(text, Set.of(TO, TEXT, FROM));
        if (!template.has(TO) || !template.has(TEXT)) {
            throw new IllegalArgumentException("must hold {to} and {text}");
        }
        if (kind == BodyKind.JSON) {
            requireQuotes(template);
        }
        return new BodyTemplate(kind, template);
    }

    /** Only inside quotes is a value that is escaped for JSON nothing but a value. */
    private static void requireQuotes(Template template) {
        boolean quoted = false;
        for (Template.Part part : template.parts()) {
            if (!part.isPlaceholder()) {
                quoted = quotedAfter(part.text(), quoted);
            } else if (!quoted) {
                throw new IllegalArgumentException("must have {" + part.text() + "} inside quotes");
            }
        }
        if (quoted) {
            throw new IllegalArgumentException("has quotes that do not end");
        }
    }

    private static boolean quotedAfter(String json, boolean before) {
        boolean quoted = before;
        for (int i = 0; i < json.length(); i++) {
            if (json.charAt(i) == '"') {
                quoted = !quoted;
            } else if (json.charAt(i) == '\\' && quoted) {
                i++;
            }
        }
        return quoted;
    }

    boolean hasFrom() {
        return template.has(FROM);
    }

    String fill(String to, String text, String from) {
        Map<String, String> values = Map.of(TO, to, TEXT, text, FROM, from);
        return template.fill(name -> kind.escape(values.getOrDefault(name, "")));
    }

    @Override
    public String toString() {
        return "BodyTemplate[hidden]";
    }
}
