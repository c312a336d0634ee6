package dev.natsboot.test.container;

/**
 * The container images of nats-server and the port on which they listen for clients.
 */
final class NatsImages {

	static final String[] NAMES = { "nats", "synadia/nats-server", "bitnami/nats", "bitnamilegacy/nats" };

	static final int PORT = 4222;

	private NatsImages() {
	}

	static String url(String host, int port) {
		return "nats://" + host + ":" + port;
	}

}
