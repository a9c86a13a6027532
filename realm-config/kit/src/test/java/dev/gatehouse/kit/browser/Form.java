// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.browser;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** A form of a page, while a person fills it in. Fields are found by what the person reads beside them. */
public final class Form {

    private final Page page;
    private final Element form;
    private final Map<Element, String> typed = new LinkedHashMap<>();
    private final Map<Element, Boolean> ticked = new LinkedHashMap<>();
    private final Map<String, String> forged = new LinkedHashMap<>();

    Form(Page page, Element form) {
        this.page = page;
        this.form = form;
    }

    /** Types into the field with this label, placeholder or name. */
    public Form fill(String field, String value) {
        Element control = field(field, false);
        if (control.hasAttr("readonly")) {
            throw new IllegalStateException("\"" + field + "\" cannot be changed on " + page.describe());
        }
        typed.put(control, value);
        return this;
    }

    public Form tick(String box) {
        return mark(box, true);
    }

    public Form untick(String box) {
        return mark(box, false);
    }

    /** Chooses in a list; {@code option} is the text or the value of the entry. */
    public Form choose(String list, String option) {
        Element select = field(list, false);
        for (Element entry : select.select("option")) {
            if (entry.text().equals(option) || entry.val().equals(option)) {
                typed.put(select, entry.hasAttr("value") ? entry.val() : entry.text());
                return this;
            }
        }
        throw new NotOnPageException(
                "option", option, page, Page.quoted(select.select("option").eachText()));
    }

    /** Sends something else, or something more, than the form has: what an attacker does, and no person can. */
    public Form forge(String name, String value) {
        forged.put(name, value);
        return this;
    }

    /** What stands in the field now. */
    public String value(String field) {
        Element control = field(field, true);
        return typed.getOrDefault(control, Fields.value(control));
    }

    /** What a hidden field will send; empty without such a field. */
    public String hidden(String name) {
        return controls().stream()
                .filter(control ->
                        Fields.isHidden(control) && control.attr("name").equals(name))
                .map(Fields::value)
                .findFirst()
                .orElse("");
    }

    public URI action() {
        return target(null);
    }

    public List<String> buttons() {
        return submitters().stream().map(Fields::buttonText).toList();
    }

    /** The labels of all fields that a person sees. */
    public List<String> fields() {
        return controls().stream()
                .filter(Fields::isForFillingIn)
                .map(control -> Fields.names(control).isEmpty()
                        ? control.tagName()
                        : Fields.names(control).get(0))
                .toList();
    }

    public Page press(String buttonText) {
        Element button = submitters().stream()
                .filter(candidate -> Fields.buttonText(candidate).equals(buttonText))
                .findFirst()
                .orElseThrow(() -> new NotOnPageException("button", buttonText, page, Page.quoted(buttons())));
        return send(button);
    }

    /** The enter key: presses the first button, or sends the form without any if it has none. */
    public Page enter() {
        return send(submitters().isEmpty() ? null : submitters().get(0));
    }

    List<Page> pressEach() {
        List<Element> buttons = submitters();
        return buttons.isEmpty()
                ? List.of(send(null))
                : buttons.stream().map(this::send).toList();
    }

    boolean isForFillingIn() {
        return controls().stream().anyMatch(Fields::isForFillingIn);
    }

    String describe() {
        return "form with fields " + Page.quoted(fields()) + " and buttons " + Page.quoted(buttons());
    }

    static boolean isShown(Element element) {
        return element.closest("[hidden], template") == null;
    }

    private Form mark(String box, boolean on) {
        Element control = field(box, false);
        if (!control.is("[type=checkbox], [type=radio]")) {
            throw new IllegalStateException("\"" + box + "\" is not a box to tick on " + page.describe());
        }
        if (on && control.is("[type=radio]")) {
            controls().stream()
                    .filter(other -> other.is("[type=radio]"))
                    .filter(other -> other.attr("name").equals(control.attr("name")))
                    .forEach(other -> ticked.put(other, false));
        }
        ticked.put(control, on);
        return this;
    }

    private Element field(String wanted, boolean disabledToo) {
        List<Element> seen = controls().stream()
                .filter(Fields::isForFillingIn)
                .filter(control -> disabledToo || !Fields.isDisabled(control))
                .toList();
        // A label anywhere wins over a name anywhere: the person reads, the name is for what has no label.
        for (int rank = 0; rank < Fields.RANKS; rank++) {
            for (Element control : seen) {
                if (Fields.name(control, rank).equals(wanted)) {
                    return control;
                }
            }
        }
        throw new NotOnPageException(
                "field",
                wanted,
                page,
                seen.stream().map(Fields::names).map(Object::toString).toList());
    }

    /** Everything that belongs to this form, in the order of the document, wherever it stands. */
    private List<Element> controls() {
        return page.document().select("input, select, textarea, button").stream()
                .filter(control -> control.hasAttr("form")
                        ? !form.id().isEmpty() && control.attr("form").equals(form.id())
                        : form.equals(control.closest("form")))
                .toList();
    }

    private List<Element> submitters() {
        return controls().stream()
                .filter(control -> Fields.isSubmitter(control) && !Fields.isDisabled(control) && isShown(control))
                .toList();
    }

    private URI target(@Nullable Element button) {
        String own = button == null ? "" : button.attr("formaction");
        return Addresses.resolve(page.uri(), own.isEmpty() ? form.attr("action") : own);
    }

    private Page send(@Nullable Element button) {
        String own = button == null ? "" : button.attr("formmethod");
        String method = (own.isEmpty() ? form.attr("method") : own).toUpperCase(Locale.ROOT);
        if (form.attr("enctype").startsWith("multipart/")) {
            throw new UnsupportedOperationException("multipart form on " + page.describe());
        }
        String body = Addresses.encode(entries(button));
        URI target = target(button);
        return method.equals("POST")
                ? page.browser().go("POST", target, body, page.provenance())
                : page.browser().go("GET", Addresses.withQuery(target, body), null, page.provenance());
    }

    private List<Map.Entry<String, String>> entries(@Nullable Element button) {
        List<Map.Entry<String, String>> entries = new ArrayList<>();
        for (Element control : controls()) {
            String name = control.attr("name");
            boolean sends = Fields.isSubmitter(control)
                    ? control.equals(button)
                    : ticked.getOrDefault(control, Fields.isSent(control));
            if (!name.isEmpty() && sends && !Fields.isDisabled(control) && !forged.containsKey(name)) {
                String value = typed.getOrDefault(control, Fields.value(control));
                // Browsers send line ends in this form only.
                entries.add(Map.entry(name, value.replaceAll("\r?\n", "\r\n")));
            }
        }
        entries.addAll(forged.entrySet());
        return entries;
    }
}
