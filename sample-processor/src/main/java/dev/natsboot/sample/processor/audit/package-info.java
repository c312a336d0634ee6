/**
 * Keeps every event in immutable objects, from which the state of each order can be
 * rebuilt.
 */
@NullMarked
package dev.natsboot.sample.processor.audit;

import org.jspecify.annotations.NullMarked;
