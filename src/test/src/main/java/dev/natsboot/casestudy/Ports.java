package dev.natsboot.casestudy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.natsboot.run.RunException;

/**
 * Where everything listens.
 *
 * @param order the port of the order service
 * @param processor the port of the processor with inventory and audit
 * @param payment the port of the processor with the payments
 * @param gateway the port of the payment gateway
 * @param nats the port of nats-server
 */
record Ports(int order, int processor, int payment, int gateway, int nats) {

	static final Ports DEFAULTS = new Ports(8080, 8081, 8083, 8082, 4222);

	private static final int LAST = 65_535;

	static Ports of(CommandLine line) {
		return new Ports(line.number("--order-port", 1, DEFAULTS.order),
				line.number("--processor-port", 1, DEFAULTS.processor),
				line.number("--payment-port", 1, DEFAULTS.payment), line.number("--gateway-port", 1, DEFAULTS.gateway),
				line.number("--nats-port", 1, DEFAULTS.nats));
	}

	/**
	 * Check that nobody listens on any of the ports.
	 * @throws RunException naming the first that is taken, and its option
	 */
	void requireFree() {
		Map<Integer, String> seen = new LinkedHashMap<>();
		require(this.order, "--order-port", seen);
		require(this.processor, "--processor-port", seen);
		require(this.payment, "--payment-port", seen);
		require(this.gateway, "--gateway-port", seen);
		require(this.nats, "--nats-port", seen);
	}

	private static void require(int port, String option, Map<Integer, String> seen) {
		String other = seen.putIfAbsent(port, option);
		if (other != null) {
			throw new RunException("%s and %s are both %d".formatted(other, option, port));
		}
		if (port > LAST || !isFree(port)) {
			throw new RunException("Port %d is taken: stop what listens there, or choose another, for example %s %d"
				.formatted(port, option, (port + 10_000) % LAST));
		}
	}

	private static boolean isFree(int port) {
		return isFree(new InetSocketAddress(port))
				&& isFree(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
	}

	private static boolean isFree(InetSocketAddress address) {
		try (ServerSocket socket = new ServerSocket()) {
			socket.setReuseAddress(true);
			socket.bind(address);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	String orderService(String path) {
		return "http://localhost:" + this.order + path;
	}

	String gateway(String path) {
		return "http://localhost:" + this.gateway + path;
	}

	String natsUrl() {
		return "nats://localhost:" + this.nats;
	}

}
