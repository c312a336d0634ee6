package dev.natsboot.test;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * One nats-server process.
 */
public final class EmbeddedNatsNode {

	private static final int ATTEMPTS = 5;

	private final String name;

	private final int monitoringPort;

	private final NatsProcess.Command command;

	private volatile int port;

	private volatile @Nullable NatsProcess process;

	EmbeddedNatsNode(String name, int port, int monitoringPort, NatsProcess.Command command) {
		this.name = name;
		this.port = port;
		this.monitoringPort = monitoringPort;
		this.command = command;
	}

	/**
	 * Return the server's name.
	 * @return the name, as the server tells it to its clients
	 */
	public String getName() {
		return this.name;
	}

	/**
	 * Return the port for clients.
	 * @return the port
	 */
	public int getPort() {
		return this.port;
	}

	/**
	 * Return the address for clients.
	 * @return the address, such as {@code nats://localhost:14222}
	 */
	public String getUrl() {
		return "nats://localhost:" + this.port;
	}

	int getMonitoringPort() {
		return this.monitoringPort;
	}

	/**
	 * Return the id of the server's process.
	 * @return the process id
	 * @throws IllegalStateException if the server doesn't run
	 */
	public long getPid() {
		NatsProcess current = this.process;
		Assert.state(current != null, () -> "The node " + this.name + " doesn't run");
		return current.handle().pid();
	}

	boolean isAuthenticationRequired() {
		NatsProcess current = this.process;
		return current != null && current.informs("auth_required");
	}

	boolean isTlsRequired() {
		NatsProcess current = this.process;
		return current != null && current.informs("tls_required");
	}

	/**
	 * Return whether the process is alive.
	 * @return {@code true} while it is alive
	 */
	public boolean isRunning() {
		NatsProcess current = this.process;
		return current != null && current.handle().isAlive();
	}

	/**
	 * Start the server, with the port and the data that it had before, and wait until it
	 * accepts clients. Nothing happens if it runs.
	 * @throws EmbeddedNatsStartException if it can't be started
	 */
	public void start() {
		if (isRunning()) {
			return;
		}
		stop();
		if (this.port > 0) {
			this.process = NatsProcess.start(this.command, this.port, this.name);
		}
		else {
			startOnFreePort();
		}
	}

	private void startOnFreePort() {
		for (int attempt = 1; this.port == 0; attempt++) {
			int candidate = FreePorts.next(1).get(0);
			try {
				this.process = NatsProcess.start(this.command, candidate, this.name);
				this.port = candidate;
			}
			catch (EmbeddedNatsStartException ex) {
				if (attempt == ATTEMPTS || !ex.isAddressInUse()) {
					throw ex;
				}
			}
		}
	}

	/**
	 * Stop the server by its ordinary signal and wait for its end. Nothing happens if it
	 * doesn't run.
	 */
	public void stop() {
		NatsProcess current = this.process;
		if (current != null) {
			current.stop();
			this.process = null;
		}
	}

	/**
	 * Kill the server, without a chance for it to say anything or to save data, and wait
	 * for its end. Nothing happens if it doesn't run.
	 */
	public void kill() {
		NatsProcess current = this.process;
		if (current != null) {
			current.handle().destroyForcibly();
			stop();
		}
	}

	@Override
	public String toString() {
		return "EmbeddedNatsNode[" + this.name + ", " + getUrl() + "]";
	}

}
