package dev.natsboot.sample.order.intake;

import java.util.List;

/**
 * JetStream didn't acknowledge every order. Those that it did acknowledge are accepted.
 */
@SuppressWarnings("serial")
class OrdersNotAcknowledgedException extends RuntimeException {

	private final List<AcceptedOrder> accepted;

	OrdersNotAcknowledgedException(int sent, List<AcceptedOrder> accepted) {
		super("%d of %d orders were not acknowledged by NATS".formatted(sent - accepted.size(), sent));
		this.accepted = accepted;
	}

	List<AcceptedOrder> getAccepted() {
		return this.accepted;
	}

}
