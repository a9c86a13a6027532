// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.browser;

import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** What a browser shows after it went somewhere. It does not change; a page that is kept is a tab that stays open. */
public final class Page {

    private final Browser browser;
    private final URI uri;
    private final HttpResponse<String> response;
    private final List<Hop> hops;
    private final boolean atStop;
    private final Document document;

    Page(Browser browser, URI uri, HttpResponse<String> response, List<Hop> hops, boolean atStop) {
        this.browser = browser;
        this.uri = uri;
        this.response = response;
        this.hops = List.copyOf(hops);
        this.atStop = atStop;
        this.document = Jsoup.parse(html(), uri.toString());
    }

    /** Where the browser is now; at an address that it was told to stop at, the one of the redirect. */
    public URI uri() {
        return uri;
    }

    /** The status of the last answer; that of the redirect itself at an address to stop at. */
    public int status() {
        return response.statusCode();
    }

    public HttpHeaders headers() {
        return response.headers();
    }

    /** The first value of a header, or nothing at all as an empty text. */
    public String header(String name) {
        return headers().firstValue(name).orElse("");
    }

    /** All requests that led here, the last one included. */
    public List<Hop> hops() {
        return hops;
    }

    /** Whether the way ended at an address given to {@link Browser#stoppingAt(String)}. */
    public boolean isAtStop() {
        return atStop;
    }

    /** The parameters of this address, decoded; of several with one name the last. */
    public Map<String, String> query() {
        Map<String, String> query = new LinkedHashMap<>();
        String raw = Objects.requireNonNullElse(uri.getRawQuery(), "");
        for (String pair : raw.isEmpty() ? new String[0] : raw.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            query.put(
                    URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                    parts.length == 2 ? URLDecoder.decode(parts[1], StandardCharsets.UTF_8) : "");
        }
        return query;
    }

    /** The body as it came: HTML, JSON, whatever it is. */
    public String html() {
        return Objects.requireNonNullElse(response.body(), "");
    }

    public Document document() {
        return document;
    }

    public String title() {
        return document.title();
    }

    public String text() {
        return document.body().text();
    }

    /** The first main heading, else the first heading of the next level; empty without one. */
    public String heading() {
        Element first = document.selectFirst("h1");
        Element heading = first == null ? document.selectFirst("h2") : first;
        return heading == null ? "" : heading.text();
    }

    public String language() {
        return document.select("html").attr("lang");
    }

    /** The form of the page; of several, the only one in which there is something to fill in. */
    public Form form() {
        List<Form> all = forms();
        List<Form> candidates =
                all.size() < 2 ? all : all.stream().filter(Form::isForFillingIn).toList();
        if (candidates.size() != 1) {
            throw new NotOnPageException(
                    "single form", "", this, all.stream().map(Form::describe).toList());
        }
        return candidates.get(0);
    }

    /** The first form that has this button. */
    public Form formWith(String buttonText) {
        return forms().stream()
                .filter(form -> form.buttons().contains(buttonText))
                .findFirst()
                .orElseThrow(() -> new NotOnPageException("button", buttonText, this, quoted(buttons())));
    }

    public List<Form> forms() {
        return document.select("form").stream()
                .map(form -> new Form(this, form))
                .toList();
    }

    /** Presses the button, in whichever form it is. */
    public Page press(String buttonText) {
        return formWith(buttonText).press(buttonText);
    }

    /** The texts of all buttons that send a form. */
    public List<String> buttons() {
        return forms().stream().flatMap(form -> form.buttons().stream()).toList();
    }

    public Link link(String text) {
        return links().stream()
                .filter(link -> link.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new NotOnPageException(
                        "link",
                        text,
                        this,
                        quoted(links().stream().map(Link::text).toList())));
    }

    /** All links that lead to an address of the web. */
    public List<Link> links() {
        List<Link> links = new ArrayList<>();
        for (Element a : document.select("a[href]")) {
            String target = a.absUrl("href");
            if (Form.isShown(a) && target.startsWith("http")) {
                String text = a.text().isEmpty() ? a.attr("aria-label") : a.text();
                links.add(new Link(this, text, Addresses.resolve(uri, target)));
            }
        }
        return links;
    }

    /** Asks for this address again, as the person does who goes back to the tab and reloads it. */
    public Page reload() {
        return browser.go("GET", uri, null, Provenance.TYPED);
    }

    /** One line for messages: status, address with the names of its parameters, and heading. */
    public String describe() {
        String name = Optional.of(heading()).filter(h -> !h.isEmpty()).orElse(title());
        // The values are long, and some are secrets.
        String address = uri.toString().replaceAll("=[^&#]*", "=...");
        return "page " + status() + " " + address + (name.isEmpty() ? "" : " (\"" + name + "\")");
    }

    @Override
    public String toString() {
        return describe();
    }

    Browser browser() {
        return browser;
    }

    Provenance provenance() {
        // Of several policies the last one that is known counts; only the one that hides the origin matters here.
        String header = header("Referrer-Policy").strip();
        String policy =
                header.isEmpty() ? document.select("meta[name=referrer]").attr("content") : header;
        return new Provenance(uri, policy.endsWith("no-referrer"));
    }

    static List<String> quoted(List<String> texts) {
        return texts.stream().map(text -> '"' + text + '"').toList();
    }
}
