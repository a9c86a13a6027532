// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.realm;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TokenContractTest {

    private static final String ISSUER = "https://id.example.org/realms/gatehouse";

    private final TokenContract contract = TokenContract.ofShippedRealm();
    private final ObjectNode header = (ObjectNode) TestJson.of("{'alg': 'RS256', 'typ': 'at+jwt', 'kid': 'k'}");
    private final ObjectNode payload = (ObjectNode) TestJson.of("{'iss': '" + ISSUER + "', 'sub': 'u-1', 'aud':"
            + " 'gatehouse-api', 'exp': 1600, 'iat': 1000, 'jti': 'j-1', 'azp': 'app', 'client_id': 'app', 'acr': '1',"
            + " 'roles': ['member'], 'username': 'pat', 'sid': 's-1', 'auth_time': 990, 'amr': ['pwd']}");

    private List<String> problems() {
        return contract.problems(header, payload, true);
    }

    @Test
    void aTokenAsPromisedHasNoProblem() {
        assertThat(problems()).isEmpty();
    }

    @Test
    void whatAClientDoesForItselfHasNoSignIn() {
        payload.remove(List.of("sid", "auth_time", "amr"));

        assertThat(contract.problems(header, payload, false)).isEmpty();
        assertThat(problems())
                .containsExactly(
                        "The claim amr is missing", "The claim auth_time is missing", "The claim sid is missing");
    }

    static Stream<String> everyClaim() {
        TokenContract contract = TokenContract.ofShippedRealm();
        return Stream.of(contract.claims(), contract.personal()).flatMap(claims -> claims.keySet().stream());
    }

    @ParameterizedTest
    @MethodSource("everyClaim")
    void aClaimThatIsMissingIsNamed(String name) {
        payload.remove(name);

        assertThat(problems()).contains("The claim " + name + " is missing");
    }

    @ParameterizedTest
    @MethodSource("everyClaim")
    void aClaimOfAnotherKindIsNamedAndItsValueIsNotRepeated(String name) {
        payload.putObject(name).put("secret", "of the token");

        assertThat(problems())
                .anyMatch(problem -> problem.startsWith("The claim " + name + " is not "))
                .noneMatch(problem -> problem.contains("of the token"));
    }

    @ParameterizedTest
    @CsvSource({"typ,JWT", "typ,AT+JWT", "typ,", "alg,ES256", "alg,none", "alg,HS256"})
    void aHeaderOfAnotherKindIsNamed(String name, String value) {
        header.put(name, value);

        assertThat(problems()).hasSize(1);
        assertThat(problems().get(0)).startsWith("The header " + name + " is ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://id.example.org/realms/master",
                "https://id.example.org/realms/gatehouse/",
                "https://id.example.org",
                ""
            })
    void anIssuerOfAnotherRealmIsTold(String issuer) {
        payload.put("iss", issuer);

        assertThat(problems()).containsExactly("The claim iss does not end with /realms/gatehouse");
    }

    @Test
    void theAudienceIsOneTextOrAListThatHasIt() {
        payload.putArray("aud").add("another").add("gatehouse-api");
        assertThat(problems()).isEmpty();

        payload.putArray("aud").add("another").add("gatehouse-api-2");
        assertThat(problems()).containsExactly("The claim aud has no gatehouse-api");
        payload.put("aud", "gatehouse-api gatehouse-api");
        assertThat(problems()).containsExactly("The claim aud has no gatehouse-api");
        payload.putArray("aud");
        assertThat(problems()).containsExactly("The claim aud has no gatehouse-api");
    }

    @Test
    void aTokenLivesNoLongerThanPromised() {
        payload.put("exp", 1601);
        assertThat(problems()).containsExactly("The token lives 601 s, longer than 600 s");

        payload.put("exp", 1001);
        assertThat(problems()).isEmpty();
    }

    @Test
    void numbersAreWholeAndListsAreOfTexts() {
        payload.put("exp", 1600.5).put("iat", "1000");
        payload.putArray("roles").add("member").add(1);

        assertThat(problems())
                .contains(
                        "The claim exp is not a whole number",
                        "The claim iat is not a whole number",
                        "The claim roles is not a list of texts");
    }

    @Test
    void allProblemsAreToldAtOnceAndNothingThrows() {
        assertThat(contract.problems(TestJson.of("{}"), TestJson.of("{}"), true))
                .hasSize(2
                        + 1
                        + 1
                        + contract.claims().size()
                        + contract.personal().size());
        for (String text : List.of("null", "[]", "1", "'text'")) {
            JsonNode gibberish = TestJson.of(text);
            assertThat(contract.problems(gibberish, gibberish, true)).as(text).isNotEmpty();
        }
    }

    @Test
    void itReadsWhatItWrites() {
        assertThat(TokenContract.read(contract.json())).isEqualTo(contract);
    }

    @Test
    void itIsWrittenSorted() {
        TokenContract made = new TokenContract(
                "{server}/realms/a",
                List.of("b", "a"),
                List.of("RS256"),
                "at+jwt",
                Map.of("z", ClaimKind.TEXT, "a", ClaimKind.TEXT_OR_TEXTS, "m", ClaimKind.TEXTS),
                new TreeMap<>(Map.of("n", ClaimKind.NUMBER)),
                1,
                2);

        assertThat(made.json().toString().replace('"', '\''))
                .isEqualTo("{'algorithms':['RS256'],'audience':['b','a'],"
                        + "'claims':{'a':'text-or-texts','m':'texts','z':'text'},'issuer':'{server}/realms/a',"
                        + "'lifetimes':{'accessTokenSeconds':1,'sessionSeconds':2},"
                        + "'personalClaims':{'n':'number'},'type':'at+jwt'}");
    }

    @Test
    void aKindOfClaimThatNobodyKnowsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenContract.read(TestJson.of("{'claims': {'sub': 'colour'}}")))
                .withMessage("There is no kind of claim colour");
    }
}
