/**
 * Orders come in over HTTP and are accepted when JetStream has acknowledged them.
 */
@NullMarked
package dev.natsboot.sample.order.intake;

import org.jspecify.annotations.NullMarked;
