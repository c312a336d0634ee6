package dev.natsboot.connection;

/**
 * What happens when NATS can't be reached while the application starts.
 */
public enum NatsStartup {

	/**
	 * The application starts without NATS. The first attempt to connect is waited for;
	 * when it fails, further ones are made in the background, and listeners attach when
	 * the connection comes.
	 */
	BACKGROUND,

	/**
	 * The application doesn't start: one attempt to connect is made, and its failure is
	 * thrown as a {@link NatsConnectException}.
	 */
	FAIL_FAST

}
