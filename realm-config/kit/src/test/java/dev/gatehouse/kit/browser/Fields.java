// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.browser;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** What the controls of a form are, what they are called, and what they send. */
final class Fields {

    /** Label, hint for screen readers, placeholder, name: the ways to call a field, the best first. */
    static final int RANKS = 4;

    private static final Set<String> NOT_FOR_FILLING_IN = Set.of("hidden", "submit", "button", "reset", "image");

    private Fields() {}

    static String name(Element control, int rank) {
        return switch (rank) {
            case 0 -> label(control);
            case 1 -> control.attr("aria-label").strip();
            case 2 -> control.attr("placeholder").strip();
            default -> control.attr("name");
        };
    }

    static List<String> names(Element control) {
        return IntStream.range(0, RANKS)
                .mapToObj(rank -> name(control, rank))
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    static boolean isHidden(Element control) {
        return type(control).equals("hidden");
    }

    static boolean isForFillingIn(Element control) {
        return !control.is("button") && !NOT_FOR_FILLING_IN.contains(type(control)) && Form.isShown(control);
    }

    static boolean isDisabled(Element control) {
        return control.hasAttr("disabled") || control.closest("fieldset[disabled]") != null;
    }

    static boolean isSubmitter(Element control) {
        String type = type(control);
        return control.is("button") ? type.isEmpty() || type.equals("submit") : type.equals("submit");
    }

    /** Whether a control that is no button takes part when the form is sent. */
    static boolean isSent(Element control) {
        return switch (type(control)) {
            case "checkbox", "radio" -> control.hasAttr("checked");
            case "button", "reset", "image", "file" -> false;
            default -> !control.is("button");
        };
    }

    static String value(Element control) {
        if (control.is("textarea")) {
            return control.wholeText();
        }
        if (control.is("select")) {
            Element chosen = control.selectFirst("option[selected]");
            Element entry = chosen == null ? control.selectFirst("option") : chosen;
            return entry == null ? "" : entry.hasAttr("value") ? entry.val() : entry.text();
        }
        boolean box = control.is("[type=checkbox], [type=radio]");
        return box && !control.hasAttr("value") ? "on" : control.attr("value");
    }

    static String buttonText(Element button) {
        String text = button.is("button") ? button.text() : button.attr("value");
        return text.isEmpty() ? button.attr("aria-label").strip() : text.strip();
    }

    private static String type(Element control) {
        return control.is("input, button") ? control.attr("type").toLowerCase(Locale.ROOT) : "";
    }

    /** The text of the label, without the star that marks a field as required. */
    private static String label(Element control) {
        Document document = control.ownerDocument();
        Element label = null;
        if (document != null && !control.id().isEmpty()) {
            label = document.select("label[for]").stream()
                    .filter(candidate -> candidate.attr("for").equals(control.id()))
                    .findFirst()
                    .orElse(null);
        }
        Element nearest = label == null ? control.closest("label") : label;
        return nearest == null
                ? ""
                : nearest.text().replaceFirst("\\s*\\*$", "").strip();
    }
}
