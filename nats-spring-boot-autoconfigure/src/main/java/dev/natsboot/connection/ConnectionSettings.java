package dev.natsboot.connection;

import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;

import io.nats.client.Options;

/**
 * How a manager makes its connections.
 *
 * @param options makes new options for every connection, so that a rotated certificate or
 * credentials file is read again
 * @param startup what happens when NATS isn't there at the start
 * @param verifyHostName whether a server's certificate must be for its host name
 * @param drainTimeout how long stopping may take to deliver what was published
 */
record ConnectionSettings(Supplier<Options.Builder> options, NatsStartup startup, boolean verifyHostName,
		Duration drainTimeout) {

	/**
	 * The options as the application wants them.
	 */
	Options requested() {
		return this.options.get().build();
	}

	/**
	 * The options to connect with.
	 */
	Options effective(Options requested, ClientCallbacks callbacks, ReaderExecutor readers) {
		Options.Builder builder = new Options.Builder(requested).connectionListener(callbacks).errorListener(callbacks);
		if (!hasReaders(requested)) {
			builder.readerExecutor(readers);
		}
		if (requested.getDataPortType().equals(Options.DEFAULT_DATA_PORT_TYPE)
				&& requested.getSocketWriteTimeout() != null) {
			builder.dataPortType(MaskingDataPort.class.getName());
		}
		SSLContext sslContext = requested.getSslContext();
		if (sslContext != null && this.verifyHostName && !isOpenTls(requested)) {
			ServerNames names = new ServerNames(requested.getServers());
			builder.sslContext(new VerifyingSslContext(sslContext, names))
				.hostnameResolveMode(Options.HostnameResolveMode.HappyEyeballs);
		}
		return builder.build();
	}

	private static boolean hasReaders(Options options) {
		return options.readerExecutorIsInternal() || options.getReaderExecutor() != options.getExecutor();
	}

	private static boolean isOpenTls(Options options) {
		return options.getServers().stream().map(URI::getScheme).anyMatch("opentls"::equalsIgnoreCase);
	}

}
