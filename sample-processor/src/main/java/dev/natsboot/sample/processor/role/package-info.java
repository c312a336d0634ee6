/**
 * Chooses the roles of this process.
 */
@NullMarked
package dev.natsboot.sample.processor.role;

import org.jspecify.annotations.NullMarked;
