/**
 * What the programs of this module share: child processes, the folder of a run, and how
 * they talk to their user.
 */
@NullMarked
package dev.natsboot.run;

import org.jspecify.annotations.NullMarked;
