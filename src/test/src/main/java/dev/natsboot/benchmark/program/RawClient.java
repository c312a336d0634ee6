package dev.natsboot.benchmark.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.PublishOptions;
import io.nats.client.impl.Headers;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.AlternativeJdkIdGenerator;
import org.springframework.util.IdGenerator;

/**
 * Publishes and requests with jnats alone.
 */
final class RawClient implements Client {

	private static final int WINDOW = 1_000;

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	/** Read-only, so that the client doesn't copy it. */
	private static final Headers JSON = new Headers(new Headers().put("Content-Type", "application/json"), true);

	/** What the starter makes its ids with, and faster than the JDK's. */
	private final IdGenerator ids = new AlternativeJdkIdGenerator();

	private final JsonMapper mapper = JsonMapper.shared();

	private final Semaphore unconfirmed = new Semaphore(WINDOW);

	private final Connection connection;

	private final JetStream jetStream;

	private final boolean headers;

	RawClient(Connection connection, boolean headers) throws IOException {
		this.connection = connection;
		this.jetStream = connection.jetStream();
		this.headers = headers;
	}

	private byte[] encode(Object payload) {
		return (payload instanceof byte[] bytes) ? bytes : this.mapper.writeValueAsBytes(payload);
	}

	@Override
	public void publish(Object payload) {
		Headers described = (this.headers && !(payload instanceof byte[])) ? JSON : null;
		this.connection.publish(ProgramSettings.SUBJECT, described, encode(payload));
	}

	@Override
	public void store(Object payload) {
		try {
			this.jetStream.publish(ProgramSettings.STORED, encode(payload), options());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (JetStreamApiException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private @Nullable PublishOptions options() {
		return this.headers ? PublishOptions.builder().messageId(this.ids.generateId().toString()).build() : null;
	}

	@Override
	public CompletableFuture<?> storeAsync(Object payload) {
		this.unconfirmed.acquireUninterruptibly();
		return this.jetStream.publishAsync(ProgramSettings.STORED, encode(payload), options())
			.whenComplete((ack, failure) -> this.unconfirmed.release());
	}

	@Override
	public void request(Object payload) {
		try {
			if (this.connection.request(ProgramSettings.SUBJECT, (Headers) null, encode(payload), TIMEOUT) == null) {
				throw new IllegalStateException("No reply");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public CompletableFuture<?> requestAsync(Object payload) {
		return this.connection.requestWithTimeout(ProgramSettings.SUBJECT, (Headers) null, encode(payload), TIMEOUT);
	}

}
