// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.verifier;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;

/**
 * Asks the issuer for its keys over HTTP.
 *
 * <p>By {@link HttpURLConnection}, because a function's first request waits for this: it is up in a third of the time of
 * {@code java.net.http}. Redirects are not followed: the address is part of what is trusted.
 */
final class KeyServer {

    /** Some eighty keys with their certificates. */
    static final int MAX_BYTES = 256 * 1024;

    private final URI address;
    private final int connectMillis;
    private final int readMillis;

    KeyServer(URI address, Duration connectTimeout, Duration readTimeout) {
        this.address = address;
        this.connectMillis = (int) connectTimeout.toMillis();
        this.readMillis = (int) readTimeout.toMillis();
    }

    /** The longest that anybody waits for an answer. */
    Duration patience() {
        return Duration.ofMillis((long) connectMillis + readMillis);
    }

    HttpURLConnection connection() throws IOException {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setConnectTimeout(connectMillis);
        connection.setReadTimeout(readMillis);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setRequestProperty("Accept", "application/jwk-set+json, application/json");
        // Minutes go by until the next time, and a process may be frozen in them: a connection kept would be a dead
        // one.
        connection.setRequestProperty("Connection", "close");
        return connection;
    }

    byte[] read(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        if (status != HttpURLConnection.HTTP_OK) {
            throw new IOException("the answer was status " + status);
        }
        try (InputStream body = connection.getInputStream()) {
            byte[] bytes = new byte[8 * 1024];
            int length = 0;
            for (int read = body.read(bytes); read >= 0; read = body.read(bytes, length, bytes.length - length)) {
                length += read;
                if (length > MAX_BYTES) {
                    throw new IOException("the answer is longer than " + MAX_BYTES + " bytes");
                }
                if (length == bytes.length) {
                    bytes = Arrays.copyOf(bytes, 2 * length);
                }
            }
            return Arrays.copyOf(bytes, length);
        }
    }

    URI address() {
        return address;
    }
}
