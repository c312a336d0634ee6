/**
 * One auto-configuration per concern, and the properties that they read.
 */
@NullMarked
package dev.natsboot.autoconfigure;

import org.jspecify.annotations.NullMarked;
