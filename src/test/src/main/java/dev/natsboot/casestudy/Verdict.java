package dev.natsboot.casestudy;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Judges from the evidence what became of the orders.
 */
final class Verdict {

	static final String COMPLETED = "payments.completed";

	static final String FAILED = "payments.failed";

	private final Evidence evidence;

	private final Set<String> completedEvents;

	private final Set<String> failedEvents;

	private final Set<String> announcedTwice;

	Verdict(Evidence evidence) {
		this.evidence = evidence;
		this.completedEvents = orders(COMPLETED);
		this.failedEvents = orders(FAILED);
		this.announcedTwice = announcedTwice();
	}

	private Set<String> orders(String subject) {
		return this.evidence.paymentEvents()
			.stream()
			.filter((event) -> event.subject().equals(subject))
			.map(StreamEvent::orderId)
			.collect(Collectors.toSet());
	}

	private Set<String> announcedTwice() {
		Set<String> seen = new HashSet<>();
		return this.evidence.paymentEvents()
			.stream()
			.map(StreamEvent::orderId)
			.filter((id) -> !seen.add(id))
			.collect(Collectors.toSet());
	}

	/**
	 * Return the accepted orders: those in the order service's database, and those whose
	 * event JetStream has stored although the order service had no time to note it.
	 * @return the ids of the orders
	 */
	Set<String> accepted() {
		return union(this.evidence.acceptedOrders(),
				this.evidence.orderEvents().stream().map(StreamEvent::orderId).toList());
	}

	/**
	 * Return the orders whose payment is completed in the processor's database and
	 * announced in the stream.
	 * @return the ids of the orders
	 */
	Set<String> paid() {
		return withState(this.completedEvents, this.evidence.payments(), "PAID");
	}

	/**
	 * Return the orders whose payment has failed in the processor's database and in the
	 * stream.
	 * @return the ids of the orders
	 */
	Set<String> paymentFailed() {
		return withState(this.failedEvents, this.evidence.payments(), "FAILED");
	}

	/**
	 * Return the orders with more than one approved charge in the gateway's ledger.
	 * @return the ids of the orders
	 */
	Set<String> chargedTwice() {
		return this.evidence.approvedCharges()
			.entrySet()
			.stream()
			.filter((charges) -> charges.getValue() > 1)
			.map(Map.Entry::getKey)
			.collect(Collectors.toSet());
	}

	/**
	 * Return the accepted orders that are neither paid nor failed nor dead-lettered, also
	 * those that only a client was told about.
	 * @return the ids of the orders
	 */
	Set<String> lost() {
		Set<String> lost = union(accepted(), this.evidence.answered());
		lost.removeAll(paid());
		lost.removeAll(paymentFailed());
		this.evidence.deadLetters().stream().map(StreamEvent::orderId).forEach(lost::remove);
		return lost;
	}

	/**
	 * Return the orders about which the sources disagree: a payment that was announced
	 * twice or in both ways, that is paid without a charge or failed with one, or whose
	 * result the order service hasn't noted although it follows the orders.
	 * @return the ids of the orders
	 */
	Set<String> contradictory() {
		Set<String> paid = paid();
		Set<String> failed = paymentFailed();
		Map<String, Integer> charges = this.evidence.approvedCharges();
		Stream<String> wrong = Stream
			.of(this.announcedTwice.stream(),
					paid.stream().filter((id) -> !isNoted(id, "PAID") || !charges.containsKey(id)),
					failed.stream().filter((id) -> !isNoted(id, "FAILED") || charges.containsKey(id)))
			.flatMap(Function.identity());
		return wrong.collect(Collectors.toSet());
	}

	private boolean isNoted(String id, String state) {
		Map<String, String> states = this.evidence.orderStates();
		return states == null || state.equals(states.get(id));
	}

	private static Set<String> withState(Set<String> ids, Map<String, String> states, String state) {
		return ids.stream().filter((id) -> state.equals(states.get(id))).collect(Collectors.toSet());
	}

	private static Set<String> union(Collection<String> first, Collection<String> second) {
		Set<String> union = new HashSet<>(first);
		union.addAll(second);
		union.removeAll(Collections.singleton(""));
		return union;
	}

}
