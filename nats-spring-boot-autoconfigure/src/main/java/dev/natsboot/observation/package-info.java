/**
 * What is measured and traced: meters, observations and their conventions.
 */
@NullMarked
package dev.natsboot.observation;

import org.jspecify.annotations.NullMarked;
