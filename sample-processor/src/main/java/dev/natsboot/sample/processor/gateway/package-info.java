/**
 * A simulated payment gateway with idempotency keys, a ledger, and switches that make it
 * fail.
 */
@NullMarked
package dev.natsboot.sample.processor.gateway;

import org.jspecify.annotations.NullMarked;
