/**
 * The driver of {@code bin/run-case-study}: it starts nats-server, the gateway and the
 * samples, sends orders, and judges from the databases, the streams and the gateway's
 * ledger what became of them.
 */
@NullMarked
package dev.natsboot.casestudy;

import org.jspecify.annotations.NullMarked;
