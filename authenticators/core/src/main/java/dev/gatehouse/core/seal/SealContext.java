// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.core.seal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a sealed secret belongs to. It is not in the sealed text; who opens has to know it.
 *
 * <p>Each part is sealed with its length, so nothing can be shifted from one to the next.
 *
 * @param parts what it belongs to, from the kind of secret to the row; the order matters
 */
public record SealContext(List<String> parts) {

    public SealContext {
        parts = List.copyOf(parts);
    }

    /** The context of these parts. */
    public static SealContext of(String... parts) {
        return new SealContext(List.of(parts));
    }

    /** The bytes that are sealed with a secret, though not stored: version, key and parts, each after its length. */
    byte[] bytes(String keyId) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Stream.concat(Stream.of(Envelope.VERSION, keyId), parts.stream()).forEach(part -> {
            byte[] text = part.getBytes(StandardCharsets.UTF_8);
            bytes.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(text.length).array());
            bytes.writeBytes(text);
        });
        return bytes.toByteArray();
    }
}
