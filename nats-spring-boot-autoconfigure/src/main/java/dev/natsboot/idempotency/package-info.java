/**
 * Stores that remember which messages were handled, so that a second delivery of the same
 * message has no second effect. They know keys only, not messages.
 */
@NullMarked
package dev.natsboot.idempotency;

import org.jspecify.annotations.NullMarked;
