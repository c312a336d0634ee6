package dev.natsboot.connection;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.nats.client.Options;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Builds a {@link NatsConnectionManager}, for an application that needs more than one
 * connection: <pre>
 * &#064;Bean(defaultCandidate = false)
 * NatsConnectionManager billing() {
 *     return NatsConnectionManager.builder()
 *         .options((options) -&gt; options.server("nats://billing.example.org:4222"))
 *         .build();
 * }
 * </pre> The options start with the library's defaults: unlimited reconnects, exceptions
 * for requests without responders or answer, verified TLS host names.
 */
public final class NatsConnectionManagerBuilder {

	private Supplier<Options.Builder> options = NatsConnectionManagerBuilder::defaultOptions;

	private NatsStartup startup = NatsStartup.BACKGROUND;

	private Duration drainTimeout = Duration.ofSeconds(10);

	private boolean verifyHostName = true;

	private @Nullable String name;

	NatsConnectionManagerBuilder() {
	}

	/**
	 * The library's defaults for the client's options. The client is to reconnect for
	 * ever. Because every request and flush of an application counts as an outstanding
	 * ping, their number is practically unlimited; a dead connection is noticed by a read
	 * timeout of three ping intervals instead.
	 * @return new options
	 */
	public static Options.Builder defaultOptions() {
		Duration pingInterval = Duration.ofSeconds(20);
		return Options.builder()
			.maxReconnects(-1)
			.reconnectWait(Duration.ofMillis(250))
			.pingInterval(pingInterval)
			.maxPingsOut(1000)
			.socketReadTimeoutMillis((int) pingInterval.multipliedBy(3).toMillis())
			.requestCleanupInterval(Duration.ofMillis(200))
			.useTimeoutException()
			.reportNoResponders()
			.dontForceFlushOnRequest();
	}

	/**
	 * The manager's name in logs, health and {@code connection} attributes.
	 * @param name the name; without one it is the bean's name
	 * @return this builder
	 */
	public NatsConnectionManagerBuilder name(String name) {
		Assert.hasText(name, "'name' must not be empty, for example \"billing\"");
		this.name = name;
		return this;
	}

	/**
	 * Change the client's options, starting with those so far.
	 * @param customizer changes the options; called again for each new connection
	 * @return this builder
	 */
	public NatsConnectionManagerBuilder options(Consumer<Options.Builder> customizer) {
		Assert.notNull(customizer, "'customizer' must not be null");
		Supplier<Options.Builder> before = this.options;
		this.options = () -> {
			Options.Builder builder = before.get();
			customizer.accept(builder);
			return builder;
		};
		return this;
	}

	/**
	 * What happens when NATS can't be reached at the start.
	 * @param startup the policy; by default {@link NatsStartup#BACKGROUND}
	 * @return this builder
	 */
	public NatsConnectionManagerBuilder startup(NatsStartup startup) {
		Assert.notNull(startup, "'startup' must not be null");
		this.startup = startup;
		return this;
	}

	/**
	 * How long {@link NatsConnectionManager#stop()} may take to deliver what was
	 * published and to let running handlers finish.
	 * @param drainTimeout the time, by default 10 seconds; zero closes without draining
	 * @return this builder
	 */
	public NatsConnectionManagerBuilder drainTimeout(Duration drainTimeout) {
		Assert.notNull(drainTimeout, "'drainTimeout' must not be null");
		Assert.isTrue(!drainTimeout.isNegative(),
				() -> "'drainTimeout' must not be negative, but is " + drainTimeout + "; for example PT10S");
		this.drainTimeout = drainTimeout;
		return this;
	}

	/**
	 * Whether a server's TLS certificate must be for the server's host name.
	 * @param verifyHostName {@code true} by default
	 * @return this builder
	 */
	public NatsConnectionManagerBuilder verifyHostName(boolean verifyHostName) {
		this.verifyHostName = verifyHostName;
		return this;
	}

	/**
	 * Build the manager. It connects when it is started.
	 * @return the manager
	 */
	public NatsConnectionManager build() {
		ConnectionSettings settings = new ConnectionSettings(this.options, this.startup, this.verifyHostName,
				this.drainTimeout);
		return new NatsConnectionManager(this.name, this.drainTimeout,
				(name, events) -> new ManagedKeeper(name, settings, events));
	}

}
