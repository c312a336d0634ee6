/**
 * Streams, consumers and buckets that an application declares: compared with what the
 * server has, and created, updated or reported.
 */
@NullMarked
package dev.natsboot.topology;

import org.jspecify.annotations.NullMarked;
