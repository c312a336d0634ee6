/**
 * Health and the actuator endpoint {@code nats}.
 */
@NullMarked
package dev.natsboot.actuate;

import org.jspecify.annotations.NullMarked;
