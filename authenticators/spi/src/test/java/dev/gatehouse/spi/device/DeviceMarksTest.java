// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.device;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;

import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.time.MovedTime;
import dev.gatehouse.spi.fake.FakeRealm;
import dev.gatehouse.spi.fake.FakeServer;
import dev.gatehouse.spi.fake.FakeUser;
import dev.gatehouse.spi.fake.Stub;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.NewCookie;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.UserProvider;

import static org.assertj.core.api.Assertions.assertThat;

class DeviceMarksTest {

    private static final String COOKIE = "__Host-gatehouse-device";

    private final MovedTime time = new MovedTime();
    private final FakeRealm shop = new FakeRealm("realm-1", "shop");
    private final FakeRealm club = new FakeRealm("realm-2", "club");
    private final FakeServer server = new FakeServer(time).with(shop).with(club);
    private final FakeUser kim = new FakeUser("user-1", "Kim", "kim@example.org");
    private final FakeUser lee = new FakeUser("user-2", "lee", "lee@example.org");

    DeviceMarksTest() {
        server.base("https://id.example.org/");
        // No account is ever looked up: without answers every look-up fails the test.
        server.everySession(
                session -> session.is("users", Stub.of(UserProvider.class).get()));
    }

    private void signsIn(FakeRealm realm, FakeUser user) {
        DeviceMarks.mark(server.request(realm).model(), realm.model(), user.model(), time.instant());
    }

    private Optional<String> markOf(FakeRealm realm, String name) {
        return DeviceMarks.markOf(server.request(realm).model(), realm.model(), name, time.instant());
    }

    private String sent() {
        Cookie cookie = server.cookies().get(COOKIE);
        return cookie == null ? "" : cookie.getValue();
    }

    private void sends(String value) {
        server.cookies().put(COOKIE, new Cookie.Builder(COOKIE).value(value).build());
    }

    private void isAnotherBrowser() {
        server.cookies().clear();
    }

    @Test
    void aBrowserIsMarkedForTheNamesOfWhoSignedIn() {
        assertThat(markOf(shop, "kim")).isEmpty();

        signsIn(shop, kim);

        assertThat(markOf(shop, "kim")).isPresent();
        assertThat(markOf(shop, " KIM ")).isEqualTo(markOf(shop, "kim"));
        assertThat(markOf(shop, "Kim@Example.org")).isEqualTo(markOf(shop, "kim"));
        assertThat(markOf(shop, "lee")).isEmpty();
        assertThat(markOf(shop, "lee@example.org")).isEmpty();
        assertThat(markOf(shop, "")).isEmpty();
        assertThat(markOf(club, "kim")).isEmpty();
    }

    @Test
    void aNameThatOnlyLooksTheSameIsNotMarked() {
        signsIn(shop, kim);

        for (String lookAlike : List.of("kím", "\uff4bim", "kim\u200b", "ki\u0301m", "k\u0131m")) {
            assertThat(markOf(shop, lookAlike)).as(lookAlike).isEmpty();
        }
    }

    @Test
    void anotherBrowserHasAnotherMark() {
        signsIn(shop, kim);
        Optional<String> first = markOf(shop, "kim");
        isAnotherBrowser();
        assertThat(markOf(shop, "kim")).isEmpty();

        signsIn(shop, kim);

        assertThat(markOf(shop, "kim")).isPresent().isNotEqualTo(first);
    }

    @Test
    void theCookieLastsAsLongAsTheMark() {
        signsIn(shop, kim);

        NewCookie given = (NewCookie) Objects.requireNonNull(server.cookies().get(COOKIE));
        assertThat(given.getMaxAge()).isEqualTo(Duration.ofDays(90).toSeconds());
        assertThat(given.getValue()).matches("[A-Za-z0-9._~-]+");
    }

    @Test
    void aMarkHoldsNinetyDaysFromTheLatestSignInAndKeepsItsId() {
        signsIn(shop, kim);
        Optional<String> id = markOf(shop, "kim");
        time.pass(Duration.ofDays(89));
        assertThat(markOf(shop, "kim")).isEqualTo(id).isPresent();

        signsIn(shop, kim);

        time.pass(Duration.ofDays(89));
        assertThat(markOf(shop, "kim")).isEqualTo(id);
        time.pass(Duration.ofDays(1));
        assertThat(markOf(shop, "kim")).isEmpty();
        signsIn(shop, kim);
        assertThat(markOf(shop, "kim")).isPresent().isNotEqualTo(id);
    }

    @Test
    void aMarkFromTheFutureHoldsOnlyAsFarAsClocksMayDiffer() {
        signsIn(shop, kim);

        time.pass(Duration.ofMinutes(-1));
        assertThat(markOf(shop, "kim")).isPresent();
        time.pass(Duration.ofSeconds(-1));
        assertThat(markOf(shop, "kim")).isEmpty();
    }

    @Test
    void anAddressThatIsNotVerifiedIsNotInTheMark() {
        signsIn(shop, kim.unverified());

        assertThat(markOf(shop, "kim")).isPresent();
        assertThat(markOf(shop, "kim@example.org")).isEmpty();
        assertThat(markOf(shop, "")).isEmpty();
    }

    @Test
    void anAccountWithoutAnAddressIsMarkedByItsUsername() {
        signsIn(shop, kim.email(null));

        assertThat(markOf(shop, "kim")).isPresent();
        assertThat(markOf(shop, "null")).isEmpty();
        assertThat(markOf(shop, "")).isEmpty();
    }

    @Test
    void aNewSignInTakesTheNamesOfThatTime() {
        signsIn(shop, kim);
        Optional<String> id = markOf(shop, "kim");

        signsIn(shop, kim.email("new@example.org"));

        assertThat(markOf(shop, "new@example.org")).isEqualTo(id);
        assertThat(markOf(shop, "kim@example.org")).isEmpty();
    }

    @Test
    void accountsAndRealmsInOneBrowserDoNotDisturbEachOther() {
        signsIn(shop, kim);
        Optional<String> inShop = markOf(shop, "kim");
        signsIn(club, kim);
        Optional<String> inClub = markOf(club, "kim");
        signsIn(shop, lee);

        assertThat(inClub).isPresent().isNotEqualTo(inShop);
        assertThat(markOf(shop, "kim")).isEqualTo(inShop);
        assertThat(markOf(club, "kim")).isEqualTo(inClub);
        assertThat(markOf(shop, "lee")).isPresent();
        assertThat(markOf(club, "lee")).isEmpty();
        signsIn(club, kim);
        assertThat(markOf(shop, "kim")).isEqualTo(inShop);
        assertThat(markOf(club, "kim")).isEqualTo(inClub);
    }

    @Test
    void aBrowserKeepsTheNewestFiveMarksAndASmallCookie() {
        List<FakeUser> users = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            FakeUser user = new FakeUser("user-" + i, "user" + i, "user" + i + "@example.org");
            users.add(user);
            signsIn(i % 2 == 0 ? shop : club, user);
            time.pass(Duration.ofDays(1));
        }

        for (int i = 0; i < 7; i++) {
            assertThat(markOf(i % 2 == 0 ? shop : club, "user" + i).isPresent())
                    .as("user " + i)
                    .isEqualTo(i >= 2);
        }
        assertThat(sent().split("~", -1)).hasSize(5);
        assertThat(sent().length()).isLessThan(1300);

        // The oldest one becomes the newest by signing in.
        signsIn(shop, users.get(2));
        signsIn(shop, kim);
        assertThat(markOf(shop, "user2")).isPresent();
        assertThat(markOf(club, "user3")).isEmpty();
    }

    @Test
    void aMarkOutlivesANewKeyAsLongAsTheOldOneIsKept() {
        signsIn(shop, kim);
        Optional<String> id = markOf(shop, "kim");
        server.keys().rotate(shop, "second");
        assertThat(markOf(shop, "kim")).isEqualTo(id).isPresent();

        signsIn(shop, kim);

        server.keys().delete(shop, "first");
        assertThat(markOf(shop, "kim")).isEqualTo(id);
        server.keys().delete(shop, "second");
        assertThat(markOf(shop, "kim")).isEmpty();
    }

    @Test
    void aKeyIdThatIsNoTokenIsFine() {
        server.keys().rotate(shop, "my key.~1 \u00e9");

        signsIn(shop, kim);

        assertThat(sent()).matches("[A-Za-z0-9._~-]+");
        assertThat(markOf(shop, "kim")).isPresent();
    }

    @Test
    void aCookieOfLongMarksIsStillSmall() {
        server.keys().rotate(shop, "k".repeat(300));
        List.of("a", "b", "c", "d", "e", "f")
                .forEach(name -> signsIn(shop, new FakeUser("id-of-" + name, name, name + "@example.org")));

        assertThat(sent().length()).isLessThanOrEqualTo(3000);
        assertThat(markOf(shop, "f")).isPresent();
        assertThat(markOf(shop, "b")).isPresent();

        // No mark of such a key fits at all; those of other realms stay.
        signsIn(club, kim);
        server.keys().rotate(shop, "k".repeat(3000));
        signsIn(shop, lee);
        assertThat(sent().length()).isLessThanOrEqualTo(3000);
        assertThat(markOf(shop, "lee")).isEmpty();
        assertThat(markOf(club, "kim")).isPresent();
    }

    @Test
    void everyLetterOfAMarkCounts() {
        signsIn(shop, kim);
        String good = sent();
        for (int i = 0; i < good.length(); i++) {
            char other = good.charAt(i) == 'A' ? 'B' : 'A';
            sends(good.substring(0, i) + other + good.substring(i + 1));
            assertThat(markOf(shop, "kim")).as("letter " + i).isEmpty();
            sends(good.substring(0, i));
            assertThat(markOf(shop, "kim")).as("cut at " + i).isEmpty();
        }
        sends(good);
        assertThat(markOf(shop, "kim")).isPresent();
    }

    @Test
    void aMarkThatSaysItIsOfAnotherRealmIsNot() {
        signsIn(shop, kim);
        String inShop = sent();
        isAnotherBrowser();
        signsIn(club, kim);
        String inClub = sent();

        sends("1." + inClub.split("\\.", -1)[1] + inShop.substring(inShop.indexOf('.', 2)));

        assertThat(markOf(shop, "kim")).isEmpty();
        assertThat(markOf(club, "kim")).isEmpty();
    }

    @Test
    void realmsWithTheSameKeyDoNotTakeEachOthersMarks() {
        FakeRealm copy = new FakeRealm("realm-3", "copy");
        server.with(copy);
        server.keys().share(shop, copy);
        signsIn(shop, kim);
        String inShop = sent();
        assertThat(markOf(copy, "kim")).isEmpty();

        isAnotherBrowser();
        signsIn(copy, lee);
        sends("1." + sent().split("\\.", -1)[1] + inShop.substring(inShop.indexOf('.', 2)));
        assertThat(markOf(copy, "kim")).isEmpty();
    }

    @Test
    void partsOfTwoMarksMakeNone() {
        signsIn(shop, kim);
        String[] kims = sent().split("\\.", -1);
        isAnotherBrowser();
        signsIn(shop, lee);
        String[] lees = sent().split("\\.", -1);
        for (int i = 3; i < kims.length; i++) {
            String[] mixed = lees.clone();
            mixed[i] = kims[i];
            sends(String.join(".", mixed));
            assertThat(markOf(shop, "kim")).isEmpty();
            if (!mixed[i].equals(lees[i])) {
                assertThat(markOf(shop, "lee")).as("part " + i).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "~",
                "~~~~~~~~",
                "1",
                "1........",
                "%%%",
                "\u00e9",
                "\"",
                "1.\u0000",
                "A.A.A.A.A.A.A.A.A",
            })
    void whatIsNoMarkIsNone(String value) {
        sends(value);
        assertThat(markOf(shop, "kim")).isEmpty();

        signsIn(shop, kim);

        assertThat(markOf(shop, "kim")).isPresent();
        assertThat(sent()).doesNotContain("~");
    }

    @Test
    void aHugeCookieIsNotReadAtAll() {
        signsIn(shop, kim);
        String good = sent();
        for (String padding :
                List.of("A".repeat(100_000), "~".repeat(100_000), String.join("~", Collections.nCopies(400, good)))) {
            sends(good + "~" + padding);
            assertThat(markOf(shop, "kim")).isEmpty();
        }
    }

    @Test
    void onlyFiveMarksAreLookedAt() {
        signsIn(shop, kim);
        String good = sent();

        sends("x~x~x~x~" + good);
        assertThat(markOf(shop, "kim")).isPresent();
        sends("x~x~x~x~x~" + good);
        assertThat(markOf(shop, "kim")).isEmpty();
    }

    @Test
    void forgedMarksOfThisRealmAreThrownOutAtTheNextSignIn() {
        signsIn(shop, kim);
        String good = sent();
        String forged = good.substring(0, good.length() - 4) + "AAAA";
        isAnotherBrowser();
        signsIn(club, kim);
        sends(forged + "~" + sent());

        signsIn(shop, lee);

        assertThat(sent().split("~", -1)).hasSize(2);
        assertThat(markOf(club, "kim")).isPresent();
    }

    @Test
    void aMarkTellsNobodyWhoseItIs() {
        signsIn(shop, new FakeUser("account-1", "Kimberley", "kimberley@example.org"));

        assertThat(sent())
                .doesNotContainIgnoringCase("kimberley")
                .doesNotContain("account-1")
                .doesNotContain("realm-1")
                // Without the realm's key nobody can find out by trying.
                .doesNotContain(Secret.hash("kimberley").substring(0, 22))
                .doesNotContain(Secret.hash("account-1").substring(0, 22));
    }

    @Test
    void gibberishNeverThrows() {
        signsIn(shop, kim);
        String good = sent();
        Random random = new Random(37);
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? good : "");
            for (int j = random.nextInt(20); j > 0; j--) {
                text.insert(
                        random.nextInt(text.length() + 1), (char) random.nextInt(random.nextBoolean() ? 128 : 0x10000));
            }
            sends(text.toString());
            assertThat(markOf(shop, "kim")).isNotNull();
        }
    }
}
