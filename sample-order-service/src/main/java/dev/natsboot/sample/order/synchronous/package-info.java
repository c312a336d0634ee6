/**
 * The variant without streams, to compare with: in the profile {@code synchronous} an
 * order is answered when it is paid and its stock reserved, by calls over HTTP.
 */
@NullMarked
package dev.natsboot.sample.order.synchronous;

import org.jspecify.annotations.NullMarked;
