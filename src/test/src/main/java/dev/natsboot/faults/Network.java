package dev.natsboot.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import org.netcrusher.core.reactor.NioReactor;
import org.netcrusher.tcp.TcpCrusher;
import org.netcrusher.tcp.TcpCrusherBuilder;

/**
 * What lies between one client and the servers: a proxy for each server, all of which can
 * be cut, frozen or slowed down.
 */
final class Network implements AutoCloseable {

	private final List<TcpCrusher> lines;

	private volatile Duration latency = Duration.ZERO;

	Network(NioReactor reactor, List<Integer> ports) {
		this.lines = ports.stream().map((port) -> line(reactor, port)).toList();
	}

	/**
	 * Create what moves the bytes of any number of networks.
	 * @return a reactor to be closed at the end
	 */
	static NioReactor reactor() {
		try {
			return new NioReactor();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private TcpCrusher line(NioReactor reactor, int port) {
		InetAddress loopback = InetAddress.getLoopbackAddress();
		return TcpCrusherBuilder.builder()
			.withReactor(reactor)
			.withBindAddress(new InetSocketAddress(loopback, FreePorts.next()))
			.withConnectAddress(new InetSocketAddress(loopback, port))
			.withTcpNoDelay(true)
			.withOutgoingThrottlerFactory((address) -> (buffer) -> this.latency.toNanos())
			.withIncomingThrottlerFactory((address) -> (buffer) -> this.latency.toNanos())
			.buildAndOpen();
	}

	/**
	 * Return the addresses to give to the client.
	 * @return the addresses, separated by commas
	 */
	String urls() {
		return this.lines.stream()
			.map((line) -> "nats://localhost:" + line.getBindAddress().getPort())
			.collect(Collectors.joining(","));
	}

	/**
	 * Close all connections and refuse new ones.
	 */
	void cut() {
		this.lines.forEach(TcpCrusher::close);
	}

	/**
	 * Accept connections again.
	 */
	void mend() {
		this.lines.forEach(TcpCrusher::open);
	}

	/**
	 * Let nothing through, and say nothing about it.
	 */
	void freeze() {
		this.lines.forEach(TcpCrusher::freeze);
	}

	/**
	 * Let nothing through that belongs to a present connection, but accept new ones.
	 */
	void strand() {
		this.lines.forEach(TcpCrusher::freezeAllPairs);
	}

	/**
	 * Let through what waits, and what comes.
	 */
	void thaw() {
		this.lines.forEach(TcpCrusher::unfreeze);
	}

	/**
	 * Throw away what was frozen, with its connections, and accept new ones.
	 */
	void replace() {
		this.lines.forEach(TcpCrusher::reopen);
	}

	/**
	 * Delay everything, in both directions.
	 * @param latency the delay of each packet
	 */
	void delay(Duration latency) {
		this.latency = latency;
	}

	@Override
	public void close() {
		this.lines.stream().filter(TcpCrusher::isOpen).forEach(TcpCrusher::close);
	}

}
