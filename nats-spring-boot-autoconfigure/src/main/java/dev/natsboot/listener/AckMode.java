package dev.natsboot.listener;

/**
 * Who acknowledges the messages of a JetStream listener.
 */
public enum AckMode {

	/**
	 * The container, after the handler returned.
	 */
	AUTO,

	/**
	 * The container, with one acknowledgement for all messages of a batch. The consumer
	 * has ack policy all, by which the acknowledgement of a message counts for all that
	 * were delivered before it; so it is sent for the last message before which nothing
	 * is open any longer. One listener container in one application has such a consumer
	 * to itself.
	 */
	ALL,

	/**
	 * The handler, through its {@link Acknowledgment} parameter.
	 */
	MANUAL,

	/**
	 * Nobody: the server counts a message as acknowledged when it sends it.
	 */
	NONE

}
