// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.demo;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.gatehouse.kit.mail.Mail;
import dev.gatehouse.kit.mail.MailServer;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** The demo's inbox. Mails are shown, never run: everything is escaped, and HTML parts live in a sandbox. */
final class InboxSite implements AutoCloseable {

    private static final String PAGE_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** Popups are what lets a link of the mail open in a tab; the tab itself is outside the sandbox again. */
    private static final String MAIL_POLICY =
            "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline';"
                    + " img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    private static final Pattern MAIL = Pattern.compile("/mail/([0-9]{1,6})(/html)?");

    private final LocalSite site;
    private final MailServer mails;

    private InboxSite(DemoPort port, MailServer mails) throws DemoRefusal {
        this.mails = mails;
        this.site = LocalSite.start(port, (host, path) -> page(path));
    }

    static InboxSite start(DemoPort port, MailServer mails) throws DemoRefusal {
        return new InboxSite(port, mails);
    }

    URI url() {
        return site.url();
    }

    @Override
    public void close() {
        site.close();
    }

    private Answer page(String path) {
        return switch (path) {
            case "/" -> Answer.html(200, InboxPages.list(mails.all()), PAGE_POLICY);
            case "/inbox.js" -> Answer.file("inbox.js", "text/javascript; charset=utf-8");
            case "/inbox.css", "/demo.css" -> Answer.file(path.substring(1), "text/css; charset=utf-8");
            case "/mark.svg" -> Answer.file("mark.svg", "image/svg+xml");
            default -> mail(path);
        };
    }

    private Answer mail(String path) {
        Matcher matcher = MAIL.matcher(path);
        Optional<Mail> mail = matcher.matches() ? find(Integer.parseInt(matcher.group(1))) : Optional.empty();
        return mail.map(path.endsWith("/html") ? InboxSite::sandboxed : InboxSite::framed)
                .orElseGet(() -> Answer.html(404, InboxPages.missing(), PAGE_POLICY));
    }

    private Optional<Mail> find(int id) {
        List<Mail> all = mails.all();
        return id >= 1 && id <= all.size() ? Optional.of(all.get(id - 1)) : Optional.empty();
    }

    private static Answer framed(Mail mail) {
        return Answer.html(200, InboxPages.mail(mail), PAGE_POLICY);
    }

    /** The HTML part as it came, but for its links: they open in a tab of their own that cannot reach back. */
    private static Answer sandboxed(Mail mail) {
        Document document = Jsoup.parse(mail.html());
        document.select("meta[http-equiv], base").remove();
        document.select("a[href], area[href]").attr("target", "_blank").attr("rel", "noopener noreferrer");
        return Answer.html(200, document.outerHtml(), MAIL_POLICY);
    }
}
