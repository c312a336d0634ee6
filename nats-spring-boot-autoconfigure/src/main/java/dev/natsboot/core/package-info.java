/**
 * Publishing, requesting and receiving with {@code NatsTemplate} and
 * {@code JetStreamTemplate}, and the exceptions that these throw.
 */
@NullMarked
package dev.natsboot.core;

import org.jspecify.annotations.NullMarked;
