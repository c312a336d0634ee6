package dev.natsboot.connection;

import org.springframework.context.SmartLifecycle;

/**
 * The {@link SmartLifecycle} phases of the library. Lower phases start earlier and stop
 * later. The web server's phases ({@code Integer.MAX_VALUE - 1024} and
 * {@code Integer.MAX_VALUE - 2048}) are below {@link #LISTENERS}: the listeners stop
 * first, then the web server, and the connection last.
 */
public final class NatsPhases {

	/**
	 * The connection: starts before everything else of the library and stops after it.
	 */
	public static final int CONNECTION = Integer.MIN_VALUE + 1000;

	/**
	 * Declared streams, consumers and buckets: right after the connection.
	 */
	public static final int TOPOLOGY = CONNECTION + 1;

	/**
	 * Listener containers and request handlers: late, so that what they call is there.
	 */
	public static final int LISTENERS = Integer.MAX_VALUE - 100;

	private NatsPhases() {
	}

}
