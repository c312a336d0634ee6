package dev.natsboot.connection;

import io.nats.client.Connection;

/**
 * One time that a connection came into use. Compared by identity: the same connection of
 * the user's is adopted anew after a restart, and listeners have to be told anew.
 */
final class Adoption {

	private final Connection connection;

	Adoption(Connection connection) {
		this.connection = connection;
	}

	Connection connection() {
		return this.connection;
	}

	boolean isUp() {
		return this.connection.getStatus() == Connection.Status.CONNECTED;
	}

}
