/**
 * Compares the pace of the starter with that of jnats alone, and writes down what came
 * out: the program behind {@code bin/run-benchmarks}.
 */
@NullMarked
package dev.natsboot.benchmark;

import org.jspecify.annotations.NullMarked;
