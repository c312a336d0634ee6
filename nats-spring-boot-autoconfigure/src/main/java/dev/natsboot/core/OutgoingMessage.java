package dev.natsboot.core;

import io.nats.client.impl.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way to a stream, as it is sent at every attempt.
 */
@SuppressWarnings("ArrayRecordComponent")
record OutgoingMessage(String subject, @Nullable Headers headers, byte[] data, @Nullable String messageId) {
}
