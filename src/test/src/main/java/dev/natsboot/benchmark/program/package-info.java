/**
 * The programs whose pace is compared: one on the starter and one on jnats alone, and
 * what publishes to them. Each runs in a process of its own.
 */
@NullMarked
package dev.natsboot.benchmark.program;

import org.jspecify.annotations.NullMarked;
