package dev.natsboot.faults;

import java.util.List;

/**
 * A fault that was injected.
 *
 * @param kind what went wrong
 * @param start when, in milliseconds since 1970
 * @param together whether something else went wrong at the same time
 * @param inFlight how many messages were stored and not settled then
 * @param recoveries for each affected processor, how many milliseconds after the removal
 * of the cause it handled a message; empty when something else was going wrong, too
 */
record Injection(FaultKind kind, long start, boolean together, long inFlight, List<Long> recoveries) {

}
