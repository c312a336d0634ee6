package dev.natsboot.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds free ports below the range from which the operating system takes the ports of
 * outgoing connections, so that nobody else gets one while it is closed for a while.
 */
final class FreePorts {

	private static final int FIRST = 10_000;

	private static final int LAST = 32_000;

	private FreePorts() {
	}

	static int next() {
		return ThreadLocalRandom.current().ints(FIRST, LAST).filter(FreePorts::isFree).findFirst().orElseThrow();
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
