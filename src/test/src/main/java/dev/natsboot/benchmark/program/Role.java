package dev.natsboot.benchmark.program;

/**
 * What a program does.
 */
public enum Role {

	/** Handles what is published without JetStream. */
	CORE_CONSUME,

	/** Publishes without JetStream. */
	CORE_PUBLISH,

	/** Answers requests. */
	REPLY,

	/** Sends requests, one after the other from each thread. */
	REQUEST,

	/** Sends requests, many at a time. */
	REQUEST_ASYNC,

	/** Publishes to a stream and waits for each confirmation. */
	JS_PUBLISH_SYNC,

	/** Publishes to a stream, many messages at a time. */
	JS_PUBLISH_ASYNC,

	/** Handles and acknowledges the messages of a stream, which jnats consumes. */
	JS_CONSUME,

	/** The same; jnats fetches them. */
	JS_FETCH,

	/** The same; jnats iterates over them. */
	JS_ITERATE,

	/** The same; the program asks for more by itself. */
	JS_PULL,

	/** Handles and acknowledges the messages of a stream, many at a time. */
	JS_BATCH,

	/** Waits for one message of a stream, through an outage of the server. */
	RECOVER,

	/** Starts, and waits until all listeners are attached. */
	START,

	/** The same, with listeners of a stream. */
	START_STREAM,

	/** Starts without what is to be compared. */
	START_PLAIN,

	/** The same, and subscribes with jnats by itself. */
	START_JNATS,

	/** Publishes as fast as the consumer under test handles. */
	FEED,

	/** Fills a stream. */
	FILL

}
