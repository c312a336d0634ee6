package dev.natsboot.convert;

import io.nats.client.impl.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A payload as it goes over the wire.
 *
 * @param data the bytes, empty when there is no payload
 * @param headers the headers including the content type, or {@code null} when there are
 * none
 */
@SuppressWarnings("ArrayRecordComponent")
public record EncodedPayload(byte[] data, @Nullable Headers headers) {
}
