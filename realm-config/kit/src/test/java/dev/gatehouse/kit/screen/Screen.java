// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.screen;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import dev.gatehouse.kit.server.Build;

import static org.assertj.core.api.Assertions.assertThat;

/** A Chromium, and what is looked at on each page that it shows. */
final class Screen implements AutoCloseable {

    /** How the pages are looked at. */
    record Look(String name, ColorScheme scheme, int width, String language) {}

    static final List<Look> LOOKS = List.of(
            new Look("light", ColorScheme.LIGHT, 1100, "en"),
            new Look("dark", ColorScheme.DARK, 1100, "en"),
            new Look("phone-light", ColorScheme.LIGHT, 360, "de"),
            new Look("phone-dark", ColorScheme.DARK, 360, "de"));

    private final Playwright playwright;
    private final Browser browser;

    private Screen(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    static Screen open() {
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(NeedsChromium.Condition.executable().orElseThrow())
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--no-first-run")));
        return new Screen(playwright, browser);
    }

    /** A new person's browser, with nothing in it. */
    BrowserContext person(Look look) {
        return browser.newContext(options(look));
    }

    /** As {@link #person}, of somebody whose browser runs no scripts of pages. */
    BrowserContext withoutScripts(Look look) {
        return browser.newContext(options(look).setJavaScriptEnabled(false));
    }

    private static Browser.NewContextOptions options(Look look) {
        return new Browser.NewContextOptions()
                .setColorScheme(look.scheme())
                .setViewportSize(look.width(), 900)
                .setLocale(look.language());
    }

    /** Takes a picture of the page and looks at what everybody needs: WCAG 2.2 AA, and no sideways scrolling. */
    static void check(Page page, Look look, String name) {
        page.screenshot(
                new Page.ScreenshotOptions().setPath(picture(look, name)).setFullPage(true));
        var violations = new AxeBuilder(page)
                .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"))
                .analyze()
                .getViolations();
        assertThat(violations)
                .as("accessibility of %s, %s", name, look.name())
                .extracting(rule -> rule.getId() + ": " + rule.getHelp() + " " + rule.getNodes())
                .isEmpty();
        assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                .as("%s fits the screen, %s", name, look.name())
                .isEqualTo(true);
    }

    private static Path picture(Look look, String name) {
        return Build.target().resolve("pictures").resolve(look.name()).resolve(name + ".png");
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
