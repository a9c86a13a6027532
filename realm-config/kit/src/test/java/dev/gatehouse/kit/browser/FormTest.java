// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.browser;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FormTest {

    private static final String LOGIN = """
            <h1>Sign in</h1>
            <form method=get action=/language><button>Deutsch</button></form>
            <form id=login method=post action="/go?tab=1">
              <input type=hidden name=token value=t>
              <label for=u>Email <span>*</span></label><input id=u name=username>
              <input name=pw type=password placeholder=Password>
              <label><input type=checkbox name=keep> Keep me signed in</label>
              <input type=checkbox name=news value=yes checked aria-label=News>
              <label for=c>Country</label>
              <select id=c name=country><option value=de>Germany<option value=fr selected>France</select>
              <textarea name=note>one
            two</textarea>
              <input name=gone value=x disabled>
              <button name=go value=1>Go  on</button>
              <input type=submit name=other value=Other>
              <button type=button name=js>Script</button>
            </form>
            <button form=login formaction=/elsewhere name=outside value=1>Outside</button>
            """;

    private final TestSite site = new TestSite().page("/login", LOGIN);
    private final Browser anna = Browser.fresh();

    @AfterEach
    void stop() {
        site.close();
    }

    @Test
    void aFormSendsWhatAPersonFilledInAndWhatStoodThere() {
        login().fill("Email", "a@b.c")
                .fill("Password", "p w")
                .tick("Keep me signed in")
                .untick("News")
                .choose("Country", "Germany")
                .press("Go on");
        assertThat(site.last().method()).isEqualTo("POST");
        assertThat(site.last().uri()).isEqualTo("/go?tab=1");
        assertThat(site.last().body())
                .isEqualTo("token=t&username=a%40b.c&pw=p+w&keep=on&country=de&note=one%0D%0Atwo&go=1");
        assertThat(site.last().origin()).isEqualTo("http://" + site.at("").getRawAuthority());
    }

    @Test
    void onlyThePressedButtonIsSent() {
        login().press("Other");
        assertThat(site.last().body()).endsWith("&other=Other").doesNotContain("go=1");
    }

    @Test
    void aButtonMayStandOutsideAndLeadElsewhere() {
        anna.open(site.at("/login")).press("Outside");
        assertThat(site.last().uri()).isEqualTo("/elsewhere");
        assertThat(site.last().body()).startsWith("token=t&").endsWith("&outside=1");
    }

    @Test
    void aFormThatReadsReplacesTheQuery() {
        site.page("/search", "<form action='/find?old=1'><input name=q aria-label=Words></form>");
        anna.open(site.at("/search")).form().fill("Words", "a b").enter();
        assertThat(site.last().uri()).isEqualTo("/find?q=a+b");
    }

    @Test
    void withoutAnActionThePageItselfIsAsked() {
        site.page("/self", "<form method=post><input name=a value=1></form>");
        anna.open(site.at("/self?x=1")).form().enter();
        assertThat(site.last().uri()).isEqualTo("/self?x=1");
    }

    @Test
    void aNameIsTheLastWayToCallAField() {
        site.page("/two", "<form><input name=Email value=1><label>Email<input name=x value=2></label></form>");
        assertThat(anna.open(site.at("/two")).form().value("Email")).isEqualTo("2");
    }

    @Test
    void aTickInOneTabIsNotATickInThePage() {
        Page page = anna.open(site.at("/login"));
        page.form().tick("Keep me signed in");
        page.form().press("Go on");
        assertThat(site.last().body()).doesNotContain("keep=");
    }

    @Test
    void anUnknownNameIsAnsweredWithWhatIsThere() {
        assertThatThrownBy(() -> login().fill("Telephone", "1"))
                .isInstanceOf(NotOnPageException.class)
                .hasMessageContaining("No field \"Telephone\" on page 200 ")
                .hasMessageContaining("Sign in")
                .hasMessageContaining("[Email, username], [Password, pw], [Keep me signed in, keep]");
        assertThatThrownBy(() -> login().press("Go away"))
                .hasMessageContaining("No button \"Go away\"")
                .hasMessageContaining("\"Go on\", \"Other\"");
        assertThatThrownBy(() -> anna.open(site.at("/login")).formWith("Nope"))
                .hasMessageContaining("\"Deutsch\", \"Go on\"");
        assertThatThrownBy(() -> login().choose("Country", "Spain")).hasMessageContaining("\"Germany\", \"France\"");
    }

    @Test
    void hiddenFieldsAreNotForPeople() {
        assertThatThrownBy(() -> login().fill("token", "x")).isInstanceOf(NotOnPageException.class);
        assertThat(login().hidden("token")).isEqualTo("t");
        login().forge("token", "stolen").forge("more", "1").enter();
        assertThat(site.last().body()).doesNotContain("token=t").endsWith("&go=1&token=stolen&more=1");
    }

    private Form login() {
        return anna.open(site.at("/login")).form();
    }
}
