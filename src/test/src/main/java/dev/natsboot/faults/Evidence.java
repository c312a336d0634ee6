package dev.natsboot.faults;

import java.util.List;
import java.util.Map;

import dev.natsboot.faults.processor.LedgerEntry;

/**
 * What is known at the end.
 *
 * @param published when the server had confirmed each order
 * @param charges how often each order was charged
 * @param deadLetters how many dead letters each order has
 * @param entries what the processors have written down
 * @param unsettled how many messages the consumer still has
 * @param injections the faults
 */
record Evidence(Map<String, Long> published, Map<String, Integer> charges, Map<String, Integer> deadLetters,
		List<LedgerEntry> entries, long unsettled, List<Injection> injections) {

}
