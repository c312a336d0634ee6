/**
 * What is known of each order: written by listeners, read over HTTP.
 */
@NullMarked
package dev.natsboot.sample.order.state;

import org.jspecify.annotations.NullMarked;
