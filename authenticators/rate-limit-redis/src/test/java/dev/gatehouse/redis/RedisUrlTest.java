// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.redis;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RedisUrlTest {

    @ParameterizedTest
    @CsvSource({
        "redis://localhost, false, localhost, 6379, 0, redis://localhost:6379/0",
        "rediss://redis.example.org:7000/12, true, redis.example.org, 7000, 12, rediss://redis.example.org:7000/12",
        "redis://10.0.0.1/, false, 10.0.0.1, 6379, 0, redis://10.0.0.1:6379/0",
        "redis://my_redis:65535, false, my_redis, 65535, 0, redis://my_redis:65535/0",
        "redis://[2001:db8::1]:1/3, false, 2001:db8::1, 1, 3, redis://[2001:db8::1]:1/3",
    })
    void anAddressIsReadAndShown(String text, boolean tls, String host, int port, int database, String shown) {
        RedisUrl url = RedisUrl.parse(text).orElseThrow();

        assertThat(url).isEqualTo(new RedisUrl(tls, host, port, database)).hasToString(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "localhost:6379",
                "http://localhost",
                "REDIS://localhost",
                "redis:/localhost",
                "redis://",
                "redis://:6379",
                "redis://localhost:",
                "redis://localhost:0",
                "redis://localhost:65536",
                "redis://localhost:999999",
                "redis://localhost/x",
                "redis://localhost/1/2",
                "redis://localhost/0?timeout=1",
                "redis://localhost/0#a",
                "redis://user:password@localhost",
                "redis://one,redis://two",
                "redis://one:1,two:2",
                "redis://2001:db8::1",
                "redis://[2001:db8::1",
                "redis://local host",
                "redis://localhost\n",
            })
    void anythingElseIsNot(String text) {
        assertThat(RedisUrl.parse(text)).isEmpty();
    }

    @Test
    void aPlaceIsAHostAndAPort() {
        assertThat(RedisUrl.parse("rediss://[::1]/1").orElseThrow().place()).isEqualTo("[::1]:6379");
    }
}
