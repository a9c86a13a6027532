// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.mail;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import org.jspecify.annotations.Nullable;

/**
 * A mail as it reached one mailbox.
 *
 * @param id its place among all mails of the server, from 1
 * @param to the mailbox it was delivered to, whatever its header says
 * @param from the address of the sender
 * @param text the text part, decoded; empty without one
 * @param html the HTML part, decoded; empty without one
 * @param headers all headers, found in any case
 */
public record Mail(
        int id,
        Instant received,
        String to,
        String from,
        String subject,
        String text,
        String html,
        Map<String, List<String>> headers) {

    private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"]+");
    private static final String SIGN_IN = "/gatehouse-magic-link/";
    private static final Pattern CODE = Pattern.compile("(?m) (\\d{3} \\d{3}|\\d{4} \\d{4})$");

    /** The addresses in the text part, each once, in order. */
    public List<URI> links() {
        List<URI> links = new ArrayList<>();
        Matcher matcher = LINK.matcher(text);
        while (matcher.find()) {
            // A full stop or a bracket after an address belongs to the sentence.
            URI link = URI.create(matcher.group().replaceFirst("[.,;:!?)\\]']+$", ""));
            if (!links.contains(link)) {
                links.add(link);
            }
        }
        return links;
    }

    /** The sign-in link, or else the only link of the text part. */
    public URI link() {
        List<URI> all = links();
        List<URI> signIn =
                all.stream().filter(link -> link.getPath().contains(SIGN_IN)).toList();
        List<URI> candidates = signIn.isEmpty() ? all : signIn;
        if (candidates.size() != 1) {
            throw new AssertionError("Not one link in the mail \"" + subject + "\": " + all);
        }
        return candidates.get(0);
    }

    /** The sign-in code of the text part as it is written there: in two groups. */
    public String code() {
        Matcher matcher = CODE.matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("No code in the mail \"" + subject + "\"");
        }
        return matcher.group(1);
    }

    /** The first value of a header; empty without one. */
    public String header(String name) {
        return headers.getOrDefault(name, List.of("")).get(0);
    }

    static Mail read(int id, Instant received, String mailbox, MimeMessage message) throws MessagingException {
        try {
            return new Mail(
                    id,
                    received,
                    mailbox,
                    message.getFrom() == null ? "" : ((InternetAddress) message.getFrom()[0]).getAddress(),
                    Objects.requireNonNullElse(message.getSubject(), ""),
                    Objects.requireNonNullElse(part(message, "text/plain"), ""),
                    Objects.requireNonNullElse(part(message, "text/html"), ""),
                    headersOf(message));
        } catch (IOException e) {
            throw new MessagingException("The mail cannot be read", e);
        }
    }

    /** The first part of this type, wherever it hangs in the tree. */
    private static @Nullable String part(Part part, String type) throws MessagingException, IOException {
        if (part.isMimeType("multipart/*")) {
            Multipart parts = (Multipart) part.getContent();
            for (int i = 0; i < parts.getCount(); i++) {
                String found = part(parts.getBodyPart(i), type);
                if (found != null) {
                    return found;
                }
            }
            return null;
        }
        return part.isMimeType(type) && !Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition())
                ? part.getContent().toString()
                : null;
    }

    private static Map<String, List<String>> headersOf(MimeMessage message) throws MessagingException {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Header header : Collections.list(message.getAllHeaders())) {
            headers.computeIfAbsent(header.getName(), name -> new ArrayList<>()).add(header.getValue());
        }
        return Collections.unmodifiableMap(headers);
    }
}
