package dev.natsboot.test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds free ports below the range from which the operating system takes the ports of
 * outgoing connections: a client that tries again and again to reach a stopped server in
 * that range may end up connected to itself.
 */
final class FreePorts {

	private static final int FIRST = 10_000;

	private static final int LAST = 32_000;

	private FreePorts() {
	}

	static List<Integer> next(int count) {
		return ThreadLocalRandom.current()
			.ints(FIRST, LAST)
			.filter(FreePorts::isFree)
			.distinct()
			.limit(count)
			.boxed()
			.toList();
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
