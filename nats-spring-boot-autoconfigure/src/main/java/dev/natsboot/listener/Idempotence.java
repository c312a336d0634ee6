package dev.natsboot.listener;

import dev.natsboot.idempotency.IdempotencyStore;
import org.jspecify.annotations.Nullable;

/**
 * How an endpoint recognises messages that it has handled before.
 *
 * @param store remembers the keys of handled messages
 * @param key takes the key from a message, or {@code null} for the message id (the header
 * {@code Original-Message-Id} of a dead letter that was sent back, {@code Nats-Msg-Id} of
 * others). A message that gives no key is known by its place in the stream, which
 * recognises a redelivery, but not a second publication
 */
public record Idempotence(IdempotencyStore store, @Nullable MessageExpression key) {
}
