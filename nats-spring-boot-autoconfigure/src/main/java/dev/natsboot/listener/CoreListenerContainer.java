package dev.natsboot.listener;

import java.time.Duration;

import io.nats.client.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Receives from core subscriptions. The client makes them again itself after a reconnect.
 */
final class CoreListenerContainer extends AbstractListenerContainer {

	private @Nullable CoreIntake intake;

	CoreListenerContainer(NatsListenerEndpoint endpoint, ListenerServices services) {
		super(endpoint, services);
	}

	@Override
	void attach(Connection connection) {
		if (this.intake == null) {
			CoreIntake fresh = new CoreIntake(connection, getEndpoint(), services());
			fresh.open();
			this.intake = fresh;
		}
	}

	@Override
	Runnable detach(Duration timeout, Thread caller) {
		CoreIntake current = this.intake;
		this.intake = null;
		return () -> {
			if (current != null) {
				current.close(timeout, caller);
			}
		};
	}

	@Override
	void abandon() {
		this.intake = null;
	}

	@Override
	void resubscribed() {
		tryAttach();
	}

}
