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
	 * The handler, through its {@link Acknowledgment} parameter.
	 */
	MANUAL,

	/**
	 * Nobody: the server counts a message as acknowledged when it sends it.
	 */
	NONE

}
