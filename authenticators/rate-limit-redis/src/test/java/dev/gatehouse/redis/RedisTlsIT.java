// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.redis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import dev.gatehouse.core.limit.Bucket;
import dev.gatehouse.core.limit.PermitStore;
import dev.gatehouse.core.limit.StoreUnavailableException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Redis behind TLS, with a certificate for the name localhost. */
@NeedsRedis
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisTlsIT {

    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final Bucket BUCKET = Nodes.bucket("a-key", "1000/1h");

    private final Nodes nodes = new Nodes();
    private SSLContext stock;
    private SSLContext trusting;
    private RedisServer redis;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        KeyStore keys = certificate(folder.resolve("redis.p12"));
        Path key = pem(folder, "PRIVATE KEY", keys.getKey("redis", PASSWORD).getEncoded());
        Path certificate =
                pem(folder, "CERTIFICATE", keys.getCertificate("redis").getEncoded());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(keys);
        stock = SSLContext.getDefault();
        trusting = SSLContext.getInstance("TLS");
        trusting.init(null, trust.getTrustManagers(), null);
        redis = RedisServer.startWithTls(
                "--tls-cert-file", certificate.toString(),
                "--tls-key-file", key.toString(),
                "--tls-ca-cert-file", certificate.toString(),
                "--tls-auth-clients", "no");
    }

    @AfterAll
    void stop() {
        nodes.close();
        redis.close();
    }

    @AfterEach
    void trustAsBefore() {
        SSLContext.setDefault(stock);
    }

    /** As Keycloak does with its truststore options: for the whole process. */
    private void trust() {
        SSLContext.setDefault(trusting);
    }

    private PermitStore at(String host) {
        return nodes.at("rediss://" + host + ":" + redis.port());
    }

    @Test
    void aRedisWithACertificateForItsNameIsUsed() {
        trust();

        assertThat(at("localhost").take(BUCKET)).isInstanceOf(PermitStore.Answer.Taken.class);
    }

    @Test
    void aCertificateForAnotherNameIsNotAccepted() {
        trust();

        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> at("127.0.0.1").take(BUCKET))
                .withStackTraceContaining("No subject alternative names matching IP address 127.0.0.1");
    }

    @Test
    void aCertificateThatNobodyVouchesForIsNotAccepted() {
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> at("localhost").take(BUCKET))
                .withStackTraceContaining("PKIX path building failed");
    }

    @Test
    void nothingIsSentInClear() {
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> nodes.at("redis://localhost:" + redis.port()).take(BUCKET));
    }

    @Test
    void aFrozenRedisIsNotWaitedForLong() {
        trust();
        PermitStore store = at("localhost");
        store.take(BUCKET);
        redis.freeze();
        try {
            List.of(store, at("localhost")).forEach(frozen -> {
                long before = System.nanoTime();
                assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> frozen.take(BUCKET));
                assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
            });
        } finally {
            redis.thaw();
        }
        assertThat(store.take(BUCKET)).isInstanceOf(PermitStore.Answer.Taken.class);
    }

    private static KeyStore certificate(Path file) throws Exception {
        int exit = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "redis",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=redis",
                        "-ext",
                        "SAN=dns:localhost",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        String.valueOf(PASSWORD),
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        assertThat(exit).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream content = Files.newInputStream(file)) {
            keys.load(content, PASSWORD);
        }
        // Trusted means more than "this is mine".
        keys.setCertificateEntry("trusted", keys.getCertificate("redis"));
        return keys;
    }

    private static Path pem(Path folder, String kind, byte[] content) throws IOException {
        String text = "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
                + "\n-----END " + kind + "-----\n";
        return Files.writeString(folder.resolve(kind + ".pem"), text, StandardCharsets.US_ASCII);
    }
}
