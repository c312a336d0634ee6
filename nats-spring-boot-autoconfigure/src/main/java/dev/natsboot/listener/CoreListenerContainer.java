package dev.natsboot.listener;

import dev.natsboot.connection.NatsServerErrorEvent;
import io.nats.client.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Receives from core subscriptions. The client makes them again itself after a reconnect.
 */
final class CoreListenerContainer extends AbstractListenerContainer {

	private @Nullable CoreIntake intake;

	/** Whether the server has refused a subscription since the connection came. */
	private boolean refused;

	CoreListenerContainer(NatsListenerEndpoint endpoint, ListenerServices services) {
		super(endpoint, services);
	}

	@Override
	void attach(Connection connection) {
		if (this.intake == null) {
			CoreIntake fresh = new CoreIntake(connection, getEndpoint(), services());
			fresh.open();
			this.intake = fresh;
			this.refused = false;
		}
	}

	@Override
	Ending detach() {
		CoreIntake current = this.intake;
		this.intake = null;
		return new Ending(current);
	}

	/**
	 * Handlers don't end with their connection, nor do results that are still to come.
	 */
	@Override
	void abandon() {
		ending(detach());
	}

	@Override
	void lost() {
		this.refused = false;
	}

	/**
	 * The server's answer to the new subscriptions may be here first.
	 */
	@Override
	void resubscribed() {
		if (!this.refused) {
			tryAttach();
		}
	}

	/**
	 * The server reported an error; it may be about one of the subscriptions.
	 * @param event what it reported
	 */
	void serverError(NatsServerErrorEvent event) {
		locked(() -> {
			if (this.intake != null && isRefusal(event)) {
				this.refused = true;
				refused(event.getError());
			}
			return null;
		});
	}

	private boolean isRefusal(NatsServerErrorEvent event) {
		String queue = getEndpoint().queue();
		return getEndpoint().subjects().stream().anyMatch((subject) -> event.refusesSubscription(subject, queue));
	}

}
