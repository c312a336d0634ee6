package dev.natsboot.listener;

import java.util.List;

import dev.natsboot.core.EndpointState;
import dev.natsboot.topology.TopologyDifference;

import org.springframework.context.SmartLifecycle;

/**
 * Receives the messages of one listener endpoint and hands them to its handler.
 */
public interface ListenerContainer extends SmartLifecycle {

	/**
	 * The endpoint's id, unique in the application.
	 * @return the id
	 */
	String getId();

	/**
	 * What this container listens to.
	 * @return the endpoint
	 */
	NatsListenerEndpoint getEndpoint();

	/**
	 * Which connection this container uses.
	 * @return the name of the connection's manager
	 */
	String getConnectionName();

	/**
	 * What this container is doing.
	 * @return the state
	 */
	EndpointState getState();

	/**
	 * Take no more messages until {@link #resume()}. Running handlers finish; what was
	 * received and not yet handled is given back where the subscription allows it. Like a
	 * stop this waits for all running handlers but the caller's own, for as long as the
	 * shutdown timeout.
	 */
	void pause();

	/**
	 * Take messages again.
	 */
	void resume();

	/**
	 * Whether {@link #pause()} was called, and {@link #resume()} not since.
	 * @return {@code true} when paused
	 */
	boolean isPaused();

	/**
	 * How the durable consumer on the server differs from what the listener declares, as
	 * far as that is tolerated. Answers at once, with what was found when the listener
	 * last attached.
	 * @return the differences, empty when there are none
	 */
	default List<TopologyDifference> getDifferences() {
		return List.of();
	}

}
