package dev.natsboot.benchmark.allocation;

import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;

import dev.natsboot.benchmark.program.Order;
import io.nats.client.Connection;
import io.nats.client.MessageHandler;
import io.nats.client.Nats;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.impl.Headers;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Handles and acknowledges the messages of a stream, and answers requests, with jnats
 * alone.
 */
@State(Scope.Benchmark)
public class JnatsConsumer {

	/** Read-only, so that the client doesn't copy it. */
	private static final Headers JSON = new Headers(new Headers().put("Content-Type", "application/json"), true);

	private final Semaphore handled = new Semaphore(0);

	private final Connection connection;

	/**
	 * Subscribe.
	 */
	public JnatsConsumer() {
		this.connection = Unchecked.get(() -> Nats.connect(System.getProperty("benchmark.url")));
		ObjectReader reader = JsonMapper.shared().readerFor(Order.class);
		consume(Site.BYTES, (message) -> {
			message.getData();
			message.ack();
			this.handled.release();
		});
		consume(Site.RECORDS, (message) -> {
			reader.readValue(message.getData());
			message.ack();
			this.handled.release();
		});
		answer(Site.ANSWERED_BYTES, null, UnaryOperator.identity());
		answer(Site.ANSWERED_RECORDS, JSON,
				(request) -> JsonMapper.shared().writeValueAsBytes(reader.<Order>readValue(request)));
		Unchecked.get(() -> {
			this.connection.flush(Site.TIMEOUT);
			return this;
		});
	}

	private void answer(String subject, @Nullable Headers headers, UnaryOperator<byte[]> handler) {
		this.connection.createDispatcher(
				(request) -> this.connection.publish(request.getReplyTo(), headers, handler.apply(request.getData())))
			.subscribe(subject);
	}

	private void consume(String subject, MessageHandler handler) {
		Unchecked.get(() -> this.connection.getStreamContext(Site.STREAM)
			.createOrUpdateConsumer(ConsumerConfiguration.builder()
				.durable("jnats-" + subject.hashCode())
				.filterSubject(subject)
				.deliverPolicy(DeliverPolicy.New)
				.build())
			.consume(handler));
	}

	void await() throws InterruptedException {
		this.handled.acquire();
	}

	/**
	 * Close the connection.
	 */
	@TearDown
	public void close() throws Exception {
		this.connection.close();
	}

}
