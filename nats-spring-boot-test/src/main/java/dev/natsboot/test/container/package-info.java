/**
 * Connects an application to a NATS container: one of Testcontainers with
 * {@code @ServiceConnection}, or one that Docker Compose runs.
 */
@NullMarked
package dev.natsboot.test.container;

import org.jspecify.annotations.NullMarked;
