// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.screen;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.FileChooser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.gatehouse.kit.server.RunningServer;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** Keycloak's admin console in front of an administrator, who sees and clicks. */
final class AdminConsole {

    /** It loads many files, on a machine that may be busy with servers. */
    private static final double PATIENCE = 60_000;

    private final Page page;
    private final List<String> errors = new ArrayList<>();

    private AdminConsole(Page page) {
        this.page = page;
    }

    static AdminConsole open(BrowserContext administrator, RunningServer server) {
        administrator.setDefaultTimeout(PATIENCE);
        Page page = administrator.newPage();
        AdminConsole console = new AdminConsole(page);
        page.onPageError(console.errors::add);
        page.onResponse(response -> {
            if (response.status() >= 500) {
                console.errors.add(response.status() + " " + response.url());
            }
        });
        page.navigate(server.url() + "/admin/master/console/");
        page.locator("#username").fill(server.adminUser());
        page.locator("#password").fill(server.adminPassword());
        page.locator("#kc-login").click();
        page.getByTestId("welcomeTitle").waitFor();
        return console;
    }

    /** <em>Manage realms</em>, <em>Create realm</em>, <em>Browse…</em>, another name, <em>Create</em>. */
    void createRealm(Path file, String name) {
        item("realms");
        page.getByTestId("add-realm").click();
        FileChooser chooser = page.waitForFileChooser(
                () -> page.locator("#kc-realm-filename-browse-button").click());
        chooser.setFiles(file);
        assertThat(page.getByTestId("realm")).hasValue("gatehouse");
        page.getByTestId("realm").fill(name);
        page.getByTestId("create").click();
        told("Realm created successfully");
    }

    /** <em>Realm settings</em>, <em>Email</em>: sender, host and port, <em>Save</em>. */
    void setMail(String from, String host, int port) {
        item("realm-settings");
        page.getByTestId("rs-email-tab").click();
        page.getByTestId("smtpServer.from").fill(from);
        page.getByTestId("smtpServer.host").fill(host);
        page.getByTestId("smtpServer.port").fill(Integer.toString(port));
        page.getByTestId("email-tab-save").click();
        told("Realm successfully updated");
    }

    /** <em>Users</em>, <em>Create new user</em>, with a verified address and no password, <em>Create</em>. */
    void createUser(String name, String address) {
        item("users");
        page.getByTestId("no-users-found-empty-action")
                .or(page.getByTestId("add-user"))
                .click();
        // The box itself lies under what is seen of it.
        page.locator("label:has([data-testid=emailVerified])").click();
        page.getByTestId("username").fill(name);
        page.getByTestId("email").fill(address);
        page.getByTestId("firstName").fill("Pat");
        page.getByTestId("lastName").fill("Person");
        page.getByTestId("user-creation-save").click();
        told("The user has been created");
    }

    /** <em>Authentication</em>, and a flow of the list; what is seen of it. */
    String flow(String alias) {
        item("authentication");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(alias).setExact(true))
                .click();
        page.getByTestId("addStep").waitFor();
        return main().innerText();
    }

    /** An item of the navigation, until its list shows all of {@code entries}. */
    void waitForList(String item, String... entries) {
        item(item);
        for (String entry : entries) {
            main().locator("table").getByText(entry).first().waitFor();
        }
    }

    private void item(String name) {
        page.getByTestId("nav-item-" + name).click();
    }

    private void told(String sentence) {
        page.getByTestId("global-alerts").getByText(sentence).first().waitFor();
    }

    private Locator main() {
        return page.locator("main");
    }

    /** Nothing went wrong in its scripts, and the server answered it everything. */
    void assertNoErrors() {
        assertThat(errors).as("errors of the console").isEmpty();
    }
}
