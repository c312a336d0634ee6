package dev.natsboot.listener;

/**
 * How a JetStream listener gets its messages from the server.
 */
public enum ConsumerType {

	/**
	 * The container asks for as many messages as its handlers can take. The default.
	 */
	PULL,

	/**
	 * The server sends messages as fast as it can, until as many are unacknowledged as
	 * the consumer allows ({@link NatsListenerEndpoint#maxAckPending()}).
	 */
	PUSH,

	/**
	 * The container reads the stream for itself, in order and without a gap, each message
	 * once: an ephemeral consumer without acknowledgements, which is made anew behind the
	 * last message whenever something was missed (ADR-17).
	 */
	ORDERED

}
