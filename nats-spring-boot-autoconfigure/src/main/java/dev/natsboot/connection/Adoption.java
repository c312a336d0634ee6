package dev.natsboot.connection;

import io.nats.client.Connection;

/**
 * One time that a connection came into use. Compared by identity: the same connection of
 * the user's is adopted anew after a restart, and listeners have to be told anew.
 */
final class Adoption {

	private final Connection connection;

	private volatile boolean closedForGood;

	Adoption(Connection connection) {
		this.connection = connection;
	}

	Connection connection() {
		return this.connection;
	}

	/**
	 * Nobody asked for the end of this connection.
	 */
	void closedForGood() {
		this.closedForGood = true;
	}

	boolean isClosedForGood() {
		return this.closedForGood;
	}

	boolean isUp() {
		return this.connection.getStatus() == Connection.Status.CONNECTED;
	}

}
