/**
 * The driver of {@code bin/run-faults}: it runs three processors under a random schedule
 * of faults, and judges from the database and the streams whether anything was lost,
 * charged twice or left behind.
 */
@NullMarked
package dev.natsboot.faults;

import org.jspecify.annotations.NullMarked;
