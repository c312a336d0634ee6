/**
 * The events that the roles share, and how results are published.
 */
@NullMarked
package dev.natsboot.sample.processor.event;

import org.jspecify.annotations.NullMarked;
