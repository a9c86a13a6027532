// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class HttpRealmPathTest {

    private static Optional<HttpRealmPath> of(String address) {
        return HttpRealmPath.of(new HttpRequests().request("POST", address));
    }

    private static HttpRealmPath below(String rest) {
        return of("/realms/shop/" + rest).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/realms/shop/login-actions/authenticate",
                "/realms/shop/login-actions/authenticate?session_code=x&realm=club",
                "/realms/shop/login-actions/authenticate/",
                "//realms//shop///login-actions//authenticate",
                "/realms;a=b/shop;c=d/login-actions;e/authenticate;f=g;h=i",
                "/realms/shop/login-actions/authenticate;jsessionid=x",
                "/%72ealms/s%68op/%6Cogin-actions/authen%74icate"
            })
    void oneAddressIsOnePathHoweverItIsWritten(String address) {
        assertThat(of(address)).hasValue(new HttpRealmPath("shop", List.of("login-actions", "authenticate")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/realms",
                "/realms/shop",
                "/realms/shop/",
                "/realms//shop",
                "/admin/realms/shop/users",
                "//admin//realms/shop/users",
                "/admin/master/console/",
                "/resources/realms/shop/x",
                "/Realms/shop/login-actions/authenticate",
                "/realms%2Fshop/login-actions/authenticate"
            })
    void whatIsNotBelowARealmIsNoPath(String address) {
        assertThat(of(address)).isEmpty();
    }

    @Test
    void theNameOfARealmIsDecodedAndAnEncodedSlashEndsNoSegment() {
        assertThat(of("/realms/my%20shop/device")).hasValue(new HttpRealmPath("my shop", List.of("device")));
        assertThat(of("/realms/sh%2Fop/device")).hasValue(new HttpRealmPath("sh/op", List.of("device")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "login-actions/authenticate",
                "login-actions/registration",
                "device",
                "broker/google/endpoint",
                "account",
                "account/anything",
                "protocol/saml",
                "protocol/saml/clients/app",
                "protocol/openid-connect/auth",
                "protocol/openid-connect/logout",
                "protocol/openid-connect/registrations",
                "protocol/openid-connect/forgot-credentials"
            })
    void peopleLookAtThese(String rest) {
        assertThat(below(rest).isForPeople()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "protocol",
                "protocol/openid-connect",
                "protocol/openid-connect/token",
                "protocol/openid-connect/token/introspect",
                "protocol/openid-connect/revoke",
                "protocol/openid-connect/userinfo",
                "protocol/openid-connect/auth2",
                "protocol/openid-connect/ext/ciba/auth",
                "protocol/other/auth",
                "clients-registrations/openid-connect",
                "gatehouse-link/x",
                "x/login-actions"
            })
    void programsLookAtTheRest(String rest) {
        assertThat(below(rest).isForPeople()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "device,true",
        "device/,true",
        "device;x=y,true",
        "devic%65,true",
        "device/status,false",
        "devices,false",
        "protocol/openid-connect/auth/device,true",
        "protocol/openid-connect/auth,false"
    })
    void theCodeOfADeviceIsTypedAtTwoPlaces(String rest, boolean expected) {
        assertThat(below(rest).isDeviceCode()).isEqualTo(expected);
    }
}
