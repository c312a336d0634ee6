/**
 * Payloads to bytes and back, and NATS headers to Spring's message headers and back.
 */
@NullMarked
package dev.natsboot.convert;

import org.jspecify.annotations.NullMarked;
