package dev.natsboot.benchmark.program;

import java.io.IOException;
import java.util.function.Consumer;

import io.nats.client.Connection;
import io.nats.client.ConsumeOptions;
import io.nats.client.ConsumerContext;
import io.nats.client.Dispatcher;
import io.nats.client.FetchConsumeOptions;
import io.nats.client.FetchConsumer;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.MessageHandler;
import io.nats.client.api.ConsumerConfiguration;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Consumes with jnats alone.
 */
final class RawConsumers {

	/**
	 * The server's own limit would slow down large batches.
	 */
	private static final int MOST_UNACKNOWLEDGED = 20_000;

	private final Connection connection;

	private final ProgramSettings settings;

	private final Window window;

	private final Consumer<byte[]> handler;

	RawConsumers(Connection connection, ProgramSettings settings, Window window) {
		this.connection = connection;
		this.settings = settings;
		this.window = window;
		this.handler = handler(settings.json());
	}

	private Consumer<byte[]> handler(boolean json) {
		ObjectReader reader = JsonMapper.shared().readerFor(Order.class);
		return (body) -> {
			Object payload = json ? reader.readValue(body) : body;
			if (payload != null) {
				this.window.count();
			}
		};
	}

	/**
	 * Handle what is published.
	 */
	void core() {
		this.connection.createDispatcher((message) -> this.handler.accept(message.getData()))
			.subscribe(ProgramSettings.SUBJECT);
	}

	/**
	 * Answer requests.
	 */
	void reply() {
		this.connection.createDispatcher((message) -> this.connection.publish(message.getReplyTo(), message.getData()))
			.subscribe(ProgramSettings.SUBJECT, "q");
	}

	/**
	 * Handle the messages of a stream one by one, by as many dispatchers as there are
	 * handlers.
	 */
	void consume() throws IOException, JetStreamApiException {
		ConsumerContext consumer = consumer();
		ConsumeOptions options = ConsumeOptions.builder().batchSize(this.settings.batch()).build();
		MessageHandler acknowledging = (message) -> {
			this.handler.accept(message.getData());
			message.ack();
		};
		for (int i = 0; i < this.settings.threads(); i++) {
			Dispatcher dispatcher = this.connection.createDispatcher();
			dispatcher.setPendingLimits(-1, -1);
			consumer.consume(options, dispatcher, acknowledging);
		}
	}

	/**
	 * Fetch batches of messages of a stream, and handle them.
	 */
	void fetch() throws Exception {
		ConsumerContext consumer = consumer();
		FetchConsumeOptions options = FetchConsumeOptions.builder()
			.maxMessages(this.settings.batch())
			.expiresIn(2_000)
			.build();
		while (!this.window.isOver()) {
			fetch(consumer, options);
		}
	}

	private void fetch(ConsumerContext consumer, FetchConsumeOptions options) throws Exception {
		try (FetchConsumer fetched = consumer.fetch(options)) {
			for (Message next = fetched.nextMessage(); next != null; next = fetched.nextMessage()) {
				this.handler.accept(next.getData());
				next.ack();
			}
		}
	}

	private ConsumerContext consumer() throws IOException, JetStreamApiException {
		return this.connection.getStreamContext(this.settings.stream())
			.createOrUpdateConsumer(ConsumerConfiguration.builder()
				.durable(this.settings.consumer())
				.maxAckPending(MOST_UNACKNOWLEDGED)
				.build());
	}

}
