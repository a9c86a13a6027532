// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.demo;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.gatehouse.kit.mail.Mail;

/** The pages of the inbox. Whatever comes from a mail passes through {@link #escape}. */
final class InboxPages {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());
    private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"]+");

    private InboxPages() {}

    static String list(List<Mail> mails) {
        StringBuilder rows = new StringBuilder();
        // The newest comes first.
        for (int i = mails.size() - 1; i >= 0; i--) {
            Mail mail = mails.get(i);
            rows.append(
                    "<li><a href=\"/mail/%d\"><span class=\"subject\">%s</span></a><span class=\"to\">to %s</span>%s</li>\n"
                            .formatted(mail.id(), escape(subject(mail)), escape(mail.to()), time(mail)));
        }
        String body = mails.isEmpty()
                ? "<p class=\"empty\">No mail yet. Ask for a sign-in link in the app: it arrives here, and only here.</p>"
                : "<ol class=\"mails\" reversed>\n" + rows + "</ol>";
        return page(
                "Inbox",
                "<noscript><meta http-equiv=\"refresh\" content=\"4\"></noscript>\n"
                        + "<script type=\"module\" src=\"/inbox.js\"></script>",
                """
                <h1>Inbox</h1>
                <p class="muted">Every mail that the demo sends ends here, whoever it is for. New ones show up by themselves.</p>
                <p id="count" class="count" role="status">%s</p>
                <div id="mails">%s</div>""".formatted(count(mails.size()), body));
    }

    static String mail(Mail mail) {
        String html = mail.html().isEmpty()
                ? "<p class=\"muted\">This mail has none.</p>"
                : "<iframe title=\"HTML part of the mail\" src=\"/mail/" + mail.id()
                        + "/html\" sandbox=\"allow-popups allow-popups-to-escape-sandbox\" referrerpolicy=\"no-referrer\"></iframe>";
        return page(subject(mail), "", """
                <p><a class="back" href="/">Back to the inbox</a></p>
                <h1>%s</h1>
                <dl class="facts"><div><dt>From</dt><dd>%s</dd></div><div><dt>To</dt><dd>%s</dd></div><div><dt>Time</dt><dd>%s</dd></div></dl>
                <section aria-labelledby="text"><h2 id="text">As text</h2><pre>%s</pre></section>
                <section aria-labelledby="html"><h2 id="html">As HTML</h2>%s</section>""".formatted(
                        escape(subject(mail)),
                        escape(mail.from()),
                        escape(mail.to()),
                        time(mail),
                        withLinks(mail.text()),
                        html));
    }

    static String missing() {
        return page(
                "No such mail",
                "",
                "<h1>No such mail</h1><p>The demo forgets its mails when it ends. <a href=\"/\">Back to the inbox</a></p>");
    }

    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            switch (character) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(character);
            }
        }
        return escaped.toString();
    }

    private static String page(String title, String head, String main) {
        return """
                <!DOCTYPE html>
                <!-- SPDX-License-Identifier: Apache-2.0 -->
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>%s · Gatehouse demo inbox</title>
                <link rel="icon" href="/mark.svg" type="image/svg+xml">
                <link rel="stylesheet" href="/demo.css">
                <link rel="stylesheet" href="/inbox.css">
                %s
                </head>
                <body>
                <header class="bar"><img src="/mark.svg" alt="" width="28" height="28"><span>Gatehouse demo inbox</span></header>
                <main>
                %s
                </main>
                </body>
                </html>
                """.formatted(escape(title), head, main);
    }

    private static String withLinks(String text) {
        StringBuilder result = new StringBuilder();
        Matcher matcher = LINK.matcher(text);
        int end = 0;
        while (matcher.find()) {
            String link = escape(matcher.group());
            result.append(escape(text.substring(end, matcher.start())))
                    .append("<a href=\"%s\" target=\"_blank\" rel=\"noopener noreferrer\">%s</a>"
                            .formatted(link, link));
            end = matcher.end();
        }
        return result.append(escape(text.substring(end))).toString();
    }

    private static String subject(Mail mail) {
        return mail.subject().isBlank() ? "(no subject)" : mail.subject();
    }

    private static String time(Mail mail) {
        return "<time datetime=\"%s\">%s</time>".formatted(mail.received(), TIME.format(mail.received()));
    }

    private static String count(int mails) {
        return mails == 1 ? "1 mail" : mails + " mails";
    }
}
