package dev.natsboot.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.natsboot.connection.NatsStartup;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * Configuration properties of the connection to NATS.
 */
@ConfigurationProperties("nats")
public class NatsProperties {

	/**
	 * Comma-separated list of servers to connect to, any of which may be used. Addresses
	 * such as nats://localhost:4222 or tls://nats.example.org:4222.
	 */
	private List<String> servers = new ArrayList<>(List.of("nats://localhost:4222"));

	/**
	 * Name under which the connection is shown by the server. By default the value of
	 * spring.application.name.
	 */
	private @Nullable String connectionName;

	/**
	 * User to sign in as.
	 */
	private @Nullable String username;

	/**
	 * Password of the user.
	 */
	private @Nullable String password;

	/**
	 * Token to sign in with.
	 */
	private @Nullable String token;

	/**
	 * Credentials file (user JWT and seed) to sign in with: a path or a resource
	 * location. Files are read again for each connection, so that they can be rotated.
	 */
	private @Nullable String credentials;

	/**
	 * Seed of the NKey to sign in with. Begins with SU.
	 */
	private @Nullable String nkey;

	/**
	 * User JWT that belongs to the NKey.
	 */
	private @Nullable String jwt;

	/**
	 * Whether to begin with the TLS handshake, before the server's first message. Needs a
	 * server that is configured for it (2.10.4 or later).
	 */
	private boolean tlsFirst;

	/**
	 * Prefix of the subjects on which replies are received. By default _INBOX.
	 */
	private @Nullable String inboxPrefix;

	/**
	 * Whether the server withholds messages that this connection itself has published.
	 */
	private boolean noEcho;

	/**
	 * Time to wait for a server to answer when connecting, per server. Also the time to
	 * wait for an answer of the JetStream API.
	 */
	private Duration connectionTimeout = Duration.ofSeconds(2);

	/**
	 * Time that stopping may take to deliver what was published and to let running
	 * handlers finish. Zero closes the connection at once.
	 */
	private Duration drainTimeout = Duration.ofSeconds(10);

	/**
	 * Time without traffic after which the server is asked for a sign of life.
	 */
	private Duration pingInterval = Duration.ofSeconds(20);

	/**
	 * Number of unanswered pings after which the connection is given up. Each flush
	 * counts as a ping, so a small number breaks connections that flush concurrently.
	 */
	private int maxPingsOut = 1000;

	/**
	 * Time without anything received after which the connection is given up and made
	 * anew. By default three ping intervals; zero waits for ever.
	 */
	private @Nullable Duration readTimeout;

	/**
	 * Time to wait after all servers were tried in vain, when reconnecting.
	 */
	private Duration reconnectWait = Duration.ofMillis(250);

	/**
	 * Longest random time that is added to the wait before reconnecting without TLS. Must
	 * be positive.
	 */
	private Duration reconnectJitter = Duration.ofMillis(100);

	/**
	 * Longest random time that is added to the wait before reconnecting with TLS. Must be
	 * positive.
	 */
	private Duration reconnectJitterTls = Duration.ofSeconds(1);

	/**
	 * Size of the messages that are kept while reconnecting; publishing more fails. A
	 * negative size keeps all.
	 */
	private DataSize reconnectBufferSize = DataSize.ofMegabytes(8);

	/**
	 * Number of attempts to reconnect to a server before the connection is closed and a
	 * new one is made. A negative number tries for ever.
	 */
	private int maxReconnects = -1;

	/**
	 * Interval at which the client looks for requests of its own without an answer, such
	 * as those made with the Connection bean: their timeouts are noticed that much too
	 * late at most.
	 */
	private Duration requestCleanupInterval = Duration.ofMillis(200);

	/**
	 * Whether to connect only to the configured servers, and not to those that a cluster
	 * announces.
	 */
	private boolean ignoreDiscoveredServers;

	/**
	 * Whether to try the servers in the order in which they are configured.
	 */
	private boolean noRandomize;

	/**
	 * What happens when NATS can't be reached at the start: the application starts and
	 * connects in the background, or it refuses to start.
	 */
	private NatsStartup startup = NatsStartup.BACKGROUND;

	private final Ssl ssl = new Ssl();

	private final OutgoingQueue outgoingQueue = new OutgoingQueue();

	/**
	 * Return the value of {@code nats.servers}.
	 * @return the value
	 */
	public List<String> getServers() {
		return this.servers;
	}

	/**
	 * Set the value of {@code nats.servers}.
	 * @param servers the value
	 */
	public void setServers(List<String> servers) {
		this.servers = servers;
	}

	/**
	 * Return the value of {@code nats.connection-name}.
	 * @return the value
	 */
	public @Nullable String getConnectionName() {
		return this.connectionName;
	}

	/**
	 * Set the value of {@code nats.connection-name}.
	 * @param connectionName the value
	 */
	public void setConnectionName(@Nullable String connectionName) {
		this.connectionName = connectionName;
	}

	/**
	 * Return the value of {@code nats.username}.
	 * @return the value
	 */
	public @Nullable String getUsername() {
		return this.username;
	}

	/**
	 * Set the value of {@code nats.username}.
	 * @param username the value
	 */
	public void setUsername(@Nullable String username) {
		this.username = username;
	}

	/**
	 * Return the value of {@code nats.password}.
	 * @return the value
	 */
	public @Nullable String getPassword() {
		return this.password;
	}

	/**
	 * Set the value of {@code nats.password}.
	 * @param password the value
	 */
	public void setPassword(@Nullable String password) {
		this.password = password;
	}

	/**
	 * Return the value of {@code nats.token}.
	 * @return the value
	 */
	public @Nullable String getToken() {
		return this.token;
	}

	/**
	 * Set the value of {@code nats.token}.
	 * @param token the value
	 */
	public void setToken(@Nullable String token) {
		this.token = token;
	}

	/**
	 * Return the value of {@code nats.credentials}.
	 * @return the value
	 */
	public @Nullable String getCredentials() {
		return this.credentials;
	}

	/**
	 * Set the value of {@code nats.credentials}.
	 * @param credentials the value
	 */
	public void setCredentials(@Nullable String credentials) {
		this.credentials = credentials;
	}

	/**
	 * Return the value of {@code nats.nkey}.
	 * @return the value
	 */
	public @Nullable String getNkey() {
		return this.nkey;
	}

	/**
	 * Set the value of {@code nats.nkey}.
	 * @param nkey the value
	 */
	public void setNkey(@Nullable String nkey) {
		this.nkey = nkey;
	}

	/**
	 * Return the value of {@code nats.jwt}.
	 * @return the value
	 */
	public @Nullable String getJwt() {
		return this.jwt;
	}

	/**
	 * Set the value of {@code nats.jwt}.
	 * @param jwt the value
	 */
	public void setJwt(@Nullable String jwt) {
		this.jwt = jwt;
	}

	/**
	 * Return the value of {@code nats.tls-first}.
	 * @return the value
	 */
	public boolean isTlsFirst() {
		return this.tlsFirst;
	}

	/**
	 * Set the value of {@code nats.tls-first}.
	 * @param tlsFirst the value
	 */
	public void setTlsFirst(boolean tlsFirst) {
		this.tlsFirst = tlsFirst;
	}

	/**
	 * Return the value of {@code nats.inbox-prefix}.
	 * @return the value
	 */
	public @Nullable String getInboxPrefix() {
		return this.inboxPrefix;
	}

	/**
	 * Set the value of {@code nats.inbox-prefix}.
	 * @param inboxPrefix the value
	 */
	public void setInboxPrefix(@Nullable String inboxPrefix) {
		this.inboxPrefix = inboxPrefix;
	}

	/**
	 * Return the value of {@code nats.no-echo}.
	 * @return the value
	 */
	public boolean isNoEcho() {
		return this.noEcho;
	}

	/**
	 * Set the value of {@code nats.no-echo}.
	 * @param noEcho the value
	 */
	public void setNoEcho(boolean noEcho) {
		this.noEcho = noEcho;
	}

	/**
	 * Return the value of {@code nats.connection-timeout}.
	 * @return the value
	 */
	public Duration getConnectionTimeout() {
		return this.connectionTimeout;
	}

	/**
	 * Set the value of {@code nats.connection-timeout}.
	 * @param connectionTimeout the value
	 */
	public void setConnectionTimeout(Duration connectionTimeout) {
		this.connectionTimeout = connectionTimeout;
	}

	/**
	 * Return the value of {@code nats.drain-timeout}.
	 * @return the value
	 */
	public Duration getDrainTimeout() {
		return this.drainTimeout;
	}

	/**
	 * Set the value of {@code nats.drain-timeout}.
	 * @param drainTimeout the value
	 */
	public void setDrainTimeout(Duration drainTimeout) {
		this.drainTimeout = drainTimeout;
	}

	/**
	 * Return the value of {@code nats.ping-interval}.
	 * @return the value
	 */
	public Duration getPingInterval() {
		return this.pingInterval;
	}

	/**
	 * Set the value of {@code nats.ping-interval}.
	 * @param pingInterval the value
	 */
	public void setPingInterval(Duration pingInterval) {
		this.pingInterval = pingInterval;
	}

	/**
	 * Return the value of {@code nats.max-pings-out}.
	 * @return the value
	 */
	public int getMaxPingsOut() {
		return this.maxPingsOut;
	}

	/**
	 * Set the value of {@code nats.max-pings-out}.
	 * @param maxPingsOut the value
	 */
	public void setMaxPingsOut(int maxPingsOut) {
		this.maxPingsOut = maxPingsOut;
	}

	/**
	 * Return the value of {@code nats.read-timeout}.
	 * @return the value
	 */
	public @Nullable Duration getReadTimeout() {
		return this.readTimeout;
	}

	/**
	 * Set the value of {@code nats.read-timeout}.
	 * @param readTimeout the value
	 */
	public void setReadTimeout(@Nullable Duration readTimeout) {
		this.readTimeout = readTimeout;
	}

	/**
	 * Return the value of {@code nats.reconnect-wait}.
	 * @return the value
	 */
	public Duration getReconnectWait() {
		return this.reconnectWait;
	}

	/**
	 * Set the value of {@code nats.reconnect-wait}.
	 * @param reconnectWait the value
	 */
	public void setReconnectWait(Duration reconnectWait) {
		this.reconnectWait = reconnectWait;
	}

	/**
	 * Return the value of {@code nats.reconnect-jitter}.
	 * @return the value
	 */
	public Duration getReconnectJitter() {
		return this.reconnectJitter;
	}

	/**
	 * Set the value of {@code nats.reconnect-jitter}.
	 * @param reconnectJitter the value
	 */
	public void setReconnectJitter(Duration reconnectJitter) {
		this.reconnectJitter = reconnectJitter;
	}

	/**
	 * Return the value of {@code nats.reconnect-jitter-tls}.
	 * @return the value
	 */
	public Duration getReconnectJitterTls() {
		return this.reconnectJitterTls;
	}

	/**
	 * Set the value of {@code nats.reconnect-jitter-tls}.
	 * @param reconnectJitterTls the value
	 */
	public void setReconnectJitterTls(Duration reconnectJitterTls) {
		this.reconnectJitterTls = reconnectJitterTls;
	}

	/**
	 * Return the value of {@code nats.reconnect-buffer-size}.
	 * @return the value
	 */
	public DataSize getReconnectBufferSize() {
		return this.reconnectBufferSize;
	}

	/**
	 * Set the value of {@code nats.reconnect-buffer-size}.
	 * @param reconnectBufferSize the value
	 */
	public void setReconnectBufferSize(DataSize reconnectBufferSize) {
		this.reconnectBufferSize = reconnectBufferSize;
	}

	/**
	 * Return the value of {@code nats.max-reconnects}.
	 * @return the value
	 */
	public int getMaxReconnects() {
		return this.maxReconnects;
	}

	/**
	 * Set the value of {@code nats.max-reconnects}.
	 * @param maxReconnects the value
	 */
	public void setMaxReconnects(int maxReconnects) {
		this.maxReconnects = maxReconnects;
	}

	/**
	 * Return the value of {@code nats.request-cleanup-interval}.
	 * @return the value
	 */
	public Duration getRequestCleanupInterval() {
		return this.requestCleanupInterval;
	}

	/**
	 * Set the value of {@code nats.request-cleanup-interval}.
	 * @param requestCleanupInterval the value
	 */
	public void setRequestCleanupInterval(Duration requestCleanupInterval) {
		this.requestCleanupInterval = requestCleanupInterval;
	}

	/**
	 * Return the value of {@code nats.ignore-discovered-servers}.
	 * @return the value
	 */
	public boolean isIgnoreDiscoveredServers() {
		return this.ignoreDiscoveredServers;
	}

	/**
	 * Set the value of {@code nats.ignore-discovered-servers}.
	 * @param ignoreDiscoveredServers the value
	 */
	public void setIgnoreDiscoveredServers(boolean ignoreDiscoveredServers) {
		this.ignoreDiscoveredServers = ignoreDiscoveredServers;
	}

	/**
	 * Return the value of {@code nats.no-randomize}.
	 * @return the value
	 */
	public boolean isNoRandomize() {
		return this.noRandomize;
	}

	/**
	 * Set the value of {@code nats.no-randomize}.
	 * @param noRandomize the value
	 */
	public void setNoRandomize(boolean noRandomize) {
		this.noRandomize = noRandomize;
	}

	/**
	 * Return the value of {@code nats.startup}.
	 * @return the value
	 */
	public NatsStartup getStartup() {
		return this.startup;
	}

	/**
	 * Set the value of {@code nats.startup}.
	 * @param startup the value
	 */
	public void setStartup(NatsStartup startup) {
		this.startup = startup;
	}

	/**
	 * Return the values of {@code nats.ssl}.
	 * @return the values
	 */
	public Ssl getSsl() {
		return this.ssl;
	}

	/**
	 * Return the values of {@code nats.outgoing-queue}.
	 * @return the values
	 */
	public OutgoingQueue getOutgoingQueue() {
		return this.outgoingQueue;
	}

	/**
	 * TLS.
	 */
	public static class Ssl {

		/**
		 * Whether to use TLS. Enabled when a bundle is configured; without a bundle, the
		 * Java runtime's certificates are used.
		 */
		private @Nullable Boolean enabled;

		/**
		 * Name of the SSL bundle with the trusted certificates and, for mutual TLS, the
		 * client's key.
		 */
		private @Nullable String bundle;

		/**
		 * Whether the server's certificate must be for the host name in the server's
		 * address.
		 */
		private boolean verifyHostName = true;

		/**
		 * Whether TLS is used.
		 * @return the value of {@code nats.ssl.enabled}; without one, whether there is a
		 * bundle
		 */
		public boolean isEnabled() {
			return (this.enabled != null) ? this.enabled : this.bundle != null;
		}

		/**
		 * Set the value of {@code nats.ssl.enabled}.
		 * @param enabled the value
		 */
		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		/**
		 * Return the value of {@code nats.ssl.bundle}.
		 * @return the value
		 */
		public @Nullable String getBundle() {
			return this.bundle;
		}

		/**
		 * Set the value of {@code nats.ssl.bundle}.
		 * @param bundle the value
		 */
		public void setBundle(@Nullable String bundle) {
			this.bundle = bundle;
		}

		/**
		 * Return the value of {@code nats.ssl.verify-host-name}.
		 * @return the value
		 */
		public boolean isVerifyHostName() {
			return this.verifyHostName;
		}

		/**
		 * Set the value of {@code nats.ssl.verify-host-name}.
		 * @param verifyHostName the value
		 */
		public void setVerifyHostName(boolean verifyHostName) {
			this.verifyHostName = verifyHostName;
		}

	}

	/**
	 * Messages that wait to be written.
	 */
	public static class OutgoingQueue {

		/**
		 * Number of messages that may wait to be written to the server.
		 */
		private int maxMessages = 5000;

		/**
		 * Whether messages are discarded when too many wait to be written, instead of
		 * blocking and then failing.
		 */
		private boolean discardWhenFull;

		/**
		 * Return the value of {@code nats.outgoing-queue.max-messages}.
		 * @return the value
		 */
		public int getMaxMessages() {
			return this.maxMessages;
		}

		/**
		 * Set the value of {@code nats.outgoing-queue.max-messages}.
		 * @param maxMessages the value
		 */
		public void setMaxMessages(int maxMessages) {
			this.maxMessages = maxMessages;
		}

		/**
		 * Return the value of {@code nats.outgoing-queue.discard-when-full}.
		 * @return the value
		 */
		public boolean isDiscardWhenFull() {
			return this.discardWhenFull;
		}

		/**
		 * Set the value of {@code nats.outgoing-queue.discard-when-full}.
		 * @param discardWhenFull the value
		 */
		public void setDiscardWhenFull(boolean discardWhenFull) {
			this.discardWhenFull = discardWhenFull;
		}

	}

}
