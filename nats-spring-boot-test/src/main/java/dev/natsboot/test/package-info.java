/**
 * A real nats-server for tests and development runs:
 * {@link dev.natsboot.test.EmbeddedNats @EmbeddedNats} on a test class or a configuration
 * class starts one with the application context and connects the application to it.
 */
@NullMarked
package dev.natsboot.test;

import org.jspecify.annotations.NullMarked;
