/**
 * The application under fault: it charges each order once, fails, dawdles or crashes
 * where the order asks for it, and writes down what its handlers do.
 */
@NullMarked
package dev.natsboot.faults.processor;

import org.jspecify.annotations.NullMarked;
