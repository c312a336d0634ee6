package dev.natsboot.listener;

import java.time.Duration;
import java.util.List;

import io.nats.client.api.ConsumerConfiguration;

/**
 * The back-off that a consumer has on the server. The server adds it to the delay of a
 * nak, after the first delivery what it has more than at first, so that less is asked
 * for.
 */
final class ServerBackOff {

	private static final Duration SHORTEST = Duration.ofMillis(1);

	private final List<Duration> delays;

	ServerBackOff(ConsumerConfiguration consumer) {
		this.delays = consumer.getBackoff();
	}

	/**
	 * What to ask for, so that the next delivery comes after the delay; no sooner where
	 * the server alone waits longer.
	 */
	Duration without(Delivery delivery, Duration delay) {
		if (this.delays.isEmpty() || delay.isZero()) {
			return delay;
		}
		int index = (int) Math.min(delivery.delivered(), this.delays.size()) - 1;
		Duration left = delay.minus(this.delays.get(index).minus(this.delays.get(0)));
		return (left.compareTo(SHORTEST) > 0) ? left : SHORTEST;
	}

}
