package dev.natsboot.casestudy;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.jspecify.annotations.Nullable;

/**
 * What the order service answered.
 */
final class OrderAnswers {

	private final Map<String, Instant> accepted = new ConcurrentHashMap<>();

	private final Queue<StreamEvent> payments = new ConcurrentLinkedQueue<>();

	private final Queue<String> problems = new ConcurrentLinkedQueue<>();

	void accept(Instant due, List<Answer> orders) {
		Instant now = Instant.now();
		orders.forEach((order) -> accept(order, due, now));
	}

	private void accept(Answer order, Instant due, Instant now) {
		this.accepted.put(order.orderId(), due);
		if (order.paymentStatus() != null) {
			String subject = order.paymentStatus().equals("PAID") ? Verdict.COMPLETED : Verdict.FAILED;
			this.payments.add(new StreamEvent(subject, order.orderId(), now));
		}
	}

	void refuse(String problem) {
		this.problems.add(problem);
	}

	/**
	 * Return the orders that were accepted.
	 * @return when each was due, by the id of the order
	 */
	Map<String, Instant> accepted() {
		return Map.copyOf(this.accepted);
	}

	/**
	 * Return the orders that were accepted lately.
	 * @param earlier the ids of the others
	 * @return when each was due, by the id of the order
	 */
	Map<String, Instant> accepted(Set<String> earlier) {
		Map<String, Instant> recent = new HashMap<>(this.accepted);
		recent.keySet().removeAll(earlier);
		return recent;
	}

	/**
	 * Return the payments that answers have told about: none where an order is accepted
	 * before it is paid.
	 * @return the same that events would say, and when the answer came
	 */
	List<StreamEvent> payments() {
		return List.copyOf(this.payments);
	}

	/**
	 * Return why requests were given up.
	 * @return one message for each request
	 */
	List<String> problems() {
		return List.copyOf(this.problems);
	}

	/**
	 * What an answer says of an order.
	 *
	 * @param orderId the order's id
	 * @param paymentStatus what became of its payment, {@code null} if that isn't known
	 * yet
	 */
	record Answer(String orderId, @Nullable String paymentStatus) {

	}

}
