/**
 * Microbenchmarks of what a message takes from the heap.
 */
@NullMarked
package dev.natsboot.benchmark.allocation;

import org.jspecify.annotations.NullMarked;
