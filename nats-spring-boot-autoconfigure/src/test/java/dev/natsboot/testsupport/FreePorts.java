package dev.natsboot.testsupport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds free ports below the range from which the operating system takes the ports of
 * outgoing connections: a client that tries again and again to reach a stopped server in
 * that range may end up connected to itself.
 */
public final class FreePorts {

	private static final int FIRST = 10_000;

	private static final int LAST = 32_000;

	private FreePorts() {
	}

	/**
	 * Return a port on which nobody listens.
	 * @return the port
	 */
	public static int next() {
		while (true) {
			int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
			if (isFree(port)) {
				return port;
			}
		}
	}

	private static boolean isFree(int port) {
		try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
			return socket.isBound();
		}
		catch (IOException ex) {
			return false;
		}
	}

}
