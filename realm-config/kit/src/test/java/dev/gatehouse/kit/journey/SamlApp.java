// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.journey;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.Deflater;

import dev.gatehouse.kit.browser.Browser;
import dev.gatehouse.kit.browser.Page;
import jakarta.ws.rs.core.Response;
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.representations.idm.ClientRepresentation;

import static org.assertj.core.api.Assertions.assertThat;

/** An app that talks SAML, and takes the response by a form. */
final class SamlApp implements AutoCloseable {

    private static final String CONSUMER = "http://127.0.0.1:47011/saml";

    private final Gatehouse gatehouse;
    private final ClientRepresentation client;
    private final String request = "ID_" + UUID.randomUUID();

    private SamlApp(Gatehouse gatehouse, ClientRepresentation client) {
        this.gatehouse = gatehouse;
        this.client = client;
    }

    static SamlApp create(Gatehouse gatehouse) {
        ClientRepresentation client = new ClientRepresentation();
        client.setClientId("saml-" + UUID.randomUUID());
        client.setProtocol("saml");
        client.setRedirectUris(List.of(CONSUMER));
        client.setAttributes(Map.of(
                "saml.client.signature", "false",
                "saml.force.post.binding", "true",
                "saml_name_id_format", "username",
                "saml_force_name_id_format", "true"));
        try (Response response = gatehouse.realm().clients().create(client)) {
            client.setId(CreatedResponseUtil.getCreatedId(response));
        }
        return new SamlApp(gatehouse, client);
    }

    /** Somebody is sent to sign in, by a redirect or by a form. */
    Page signIn(Browser browser, String binding) {
        String address = gatehouse.issuer() + "/protocol/saml";
        byte[] xml = ("<samlp:AuthnRequest xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\""
                        + " xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\" ID=\"" + request
                        + "\" Version=\"2.0\" IssueInstant=\"" + Instant.now() + "\" Destination=\"" + address
                        + "\" AssertionConsumerServiceURL=\"" + CONSUMER
                        + "\" ProtocolBinding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\"><saml:Issuer>"
                        + client.getClientId() + "</saml:Issuer></samlp:AuthnRequest>")
                .getBytes(StandardCharsets.UTF_8);
        if (binding.equals("HTTP-POST")) {
            return browser.post(
                    URI.create(address),
                    Map.of("SAMLRequest", Base64.getEncoder().encodeToString(xml), "RelayState", "somewhere"));
        }
        String query = App.encoded(
                Map.of("SAMLRequest", Base64.getEncoder().encodeToString(deflated(xml)), "RelayState", "somewhere"));
        return browser.open(address + "?" + query);
    }

    private static byte[] deflated(byte[] xml) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setInput(xml);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[1024];
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return out.toByteArray();
    }

    /** The response that a page is about to hand to the app, to this app's request. */
    String response(Page page) {
        assertThat(page.document().select("form").attr("action")).isEqualTo(CONSUMER);
        String response =
                new String(Base64.getMimeDecoder().decode(page.form().hidden("SAMLResponse")), StandardCharsets.UTF_8);
        assertThat(response).contains("InResponseTo=\"" + request + "\"");
        return response;
    }

    @Override
    public void close() {
        gatehouse.realm().clients().get(client.getId()).remove();
    }
}
