// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.magiclink;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;

/**
 * What a backend asks for, as it stands in the body of its request. Nothing in it has been looked up.
 *
 * @param email the account by its address; null if it is named by its id
 * @param userId the account by its id; null if it is named by its address
 * @param clientId the client that the person is to be signed in to
 * @param redirectUri where the sign-in ends
 * @param lifespan how long the link is to live; empty for as long as usual
 * @param send whether the link is mailed, too
 */
record MintRequest(
        @Nullable String email,
        @Nullable String userId,
        String clientId,
        String redirectUri,
        Optional<Duration> lifespan,
        boolean send) {

    /** The longest body, in bytes. */
    static final int LONGEST_BODY = 8 * 1024;

    /** The longest address of RFC 5321; Keycloak's columns for ids and names; half of what Keycloak takes as a URI. */
    static final int LONGEST_EMAIL = 254;

    static final int LONGEST_ID = 255;
    static final int LONGEST_URI = 2000;

    /** No link lives shorter: nobody could use it. */
    static final int SHORTEST_LIFESPAN = 10;

    private static final String EMAIL = "email";
    private static final String USER_ID = "userId";
    private static final String CLIENT_ID = "clientId";
    private static final String REDIRECT_URI = "redirectUri";
    private static final String LIFESPAN_SECONDS = "lifespanSeconds";
    private static final String SEND = "send";
    private static final Set<String> FIELDS = Set.of(EMAIL, USER_ID, CLIENT_ID, REDIRECT_URI, LIFESPAN_SECONDS, SEND);

    /** Controls, surrogates without their other half, and what Unicode has not assigned: nothing that a name holds. */
    private static final Pattern UNPRINTABLE = Pattern.compile("\\p{C}");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Whether a body with this content type is read at all. */
    static boolean isJson(@Nullable String contentType) {
        return contentType != null
                && contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("application/json");
    }

    /** Reads no more of {@code body} than a request may have. */
    static MintRequest read(InputStream body) throws MintRefused {
        try {
            byte[] bytes = body.readNBytes(LONGEST_BODY + 1);
            if (bytes.length > LONGEST_BODY) {
                throw invalid("The body must have at most " + LONGEST_BODY + " bytes");
            }
            return parse(bytes);
        } catch (IOException e) {
            throw invalid("The body could not be read");
        }
    }

    static MintRequest parse(byte[] body) throws MintRefused {
        JsonNode root = tree(body);
        if (!root.isObject()) {
            throw invalid("The body must be a JSON object");
        }
        for (Iterator<String> names = root.fieldNames(); names.hasNext(); ) {
            if (!FIELDS.contains(names.next())) {
                // The name itself is not repeated: it can be anything.
                throw invalid("The body must have no other fields than email, userId, clientId, redirectUri, "
                        + "lifespanSeconds and send");
            }
        }
        if (root.has(EMAIL) == root.has(USER_ID)) {
            throw invalid("The body must have one of email and userId, and not both");
        }
        return new MintRequest(
                root.has(EMAIL) ? text(root, EMAIL, LONGEST_EMAIL) : null,
                root.has(USER_ID) ? text(root, USER_ID, LONGEST_ID) : null,
                text(root, CLIENT_ID, LONGEST_ID),
                text(root, REDIRECT_URI, LONGEST_URI),
                lifespan(root.get(LIFESPAN_SECONDS)),
                flag(root.get(SEND)));
    }

    private static JsonNode tree(byte[] body) throws MintRefused {
        try {
            @Nullable JsonNode root = JSON.readTree(body);
            if (root != null) {
                return root;
            }
        } catch (IOException e) {
            // What the parser says can hold parts of the body.
            throw invalid("The body must be JSON in UTF-8, with each field at most once");
        }
        throw invalid("The body must be a JSON object");
    }

    private static String text(JsonNode root, String field, int longest) throws MintRefused {
        @Nullable JsonNode value = root.get(field);
        if (value == null
                || !value.isTextual()
                || value.textValue().isBlank()
                || value.textValue().length() > longest
                || UNPRINTABLE.matcher(value.textValue()).find()) {
            throw invalid(field + " must be a text of 1 to " + longest + " letters without control characters");
        }
        return value.textValue();
    }

    private static Optional<Duration> lifespan(@Nullable JsonNode value) throws MintRefused {
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < SHORTEST_LIFESPAN) {
            throw invalid(LIFESPAN_SECONDS + " must be a whole number from " + SHORTEST_LIFESPAN
                    + " to the realm's gatehouse.mint.maxLifetime");
        }
        return Optional.of(Duration.ofSeconds(value.intValue()));
    }

    private static boolean flag(@Nullable JsonNode value) throws MintRefused {
        if (value != null && !value.isBoolean()) {
            throw invalid(SEND + " must be true or false");
        }
        return value != null && value.booleanValue();
    }

    private static MintRefused invalid(String description) {
        return MintError.INVALID_REQUEST.because(description);
    }

    @Override
    public String toString() {
        // The generated text would hold the address.
        return "MintRequest[client " + clientId + "]";
    }
}
