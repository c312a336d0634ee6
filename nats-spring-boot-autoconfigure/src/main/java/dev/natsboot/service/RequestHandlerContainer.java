package dev.natsboot.service;

import dev.natsboot.core.EndpointState;

import org.springframework.context.Lifecycle;

/**
 * Receives the requests of one endpoint and has them answered.
 */
public interface RequestHandlerContainer extends Lifecycle {

	/**
	 * The endpoint's id, unique in the application.
	 * @return the id
	 */
	String getId();

	/**
	 * What this container answers.
	 * @return the endpoint
	 */
	RequestEndpoint getEndpoint();

	/**
	 * The service instance that the endpoint belongs to.
	 * @return the instance as other NATS clients see it
	 */
	ServiceInstance getService();

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
	 * What this container has done.
	 * @return the figures that are also answered to {@code $SRV.STATS}
	 */
	ServiceStats.Endpoint getStats();

	/**
	 * Take requests.
	 */
	@Override
	void start();

	/**
	 * Take no more requests. Returns when those that arrived are answered, at the latest
	 * after the service's shutdown timeout, when the rest has been answered with an
	 * error. Waits also for what an earlier stop or pause has left, unless the caller is
	 * itself a handler of this container.
	 */
	@Override
	void stop();

	/**
	 * Stop until {@link #resume()}, and leave the requests to other instances. A
	 * container that doesn't run stays stopped.
	 */
	void pause();

	/**
	 * Start again after {@link #pause()}. Does nothing when the container isn't paused.
	 */
	void resume();

	/**
	 * Whether {@link #pause()} was called, and neither {@link #resume()} nor
	 * {@link #start()} nor {@link #stop()} since.
	 * @return {@code true} when paused
	 */
	boolean isPaused();

}
