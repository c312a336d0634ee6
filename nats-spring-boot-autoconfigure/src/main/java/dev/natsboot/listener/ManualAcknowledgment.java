package dev.natsboot.listener;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * Lets a handler decide.
 *
 * @param turn the call of the handler
 */
record ManualAcknowledgment(Delivery delivery, int turn, Settlement settlement) implements Acknowledgment {

	@Override
	public void acknowledge() {
		first(this.settlement.acknowledge(this.delivery, this.turn, Duration.ZERO));
	}

	@Override
	public void acknowledgeSync(Duration timeout) {
		Assert.isTrue(timeout.compareTo(Duration.ZERO) > 0, "'timeout' must be positive");
		first(this.settlement.acknowledge(this.delivery, this.turn, timeout));
	}

	@Override
	public void nak(Duration delay) {
		first(this.settlement.nak(this.delivery, this.turn, delay));
	}

	@Override
	public void term() {
		first(this.settlement.term(this.delivery, this.turn));
	}

	@Override
	public void inProgress() {
		this.settlement.inProgress(this.delivery);
	}

	@Override
	public boolean isSettled() {
		return this.delivery.isDecided(this.turn);
	}

	private void first(boolean first) {
		Assert.state(first, () -> "The message of '" + this.delivery.message().getSubject()
				+ "' is settled already: acknowledge(), nak() and term() can be called once");
	}

}
