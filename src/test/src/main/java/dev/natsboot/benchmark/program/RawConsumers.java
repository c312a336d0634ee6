package dev.natsboot.benchmark.program;

import java.io.IOException;
import java.util.function.Consumer;

import io.nats.client.Connection;
import io.nats.client.ConsumeOptions;
import io.nats.client.ConsumerContext;
import io.nats.client.Dispatcher;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
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
	 * Handle the messages of a stream that jnats consumes, by as many dispatchers as
	 * there are handlers.
	 */
	void consume() throws IOException, JetStreamApiException {
		consume(this.settings.stream(), this.settings.consumer(), this.settings.threads());
	}

	private void consume(String stream, String name, int dispatchers) throws IOException, JetStreamApiException {
		ConsumerContext consumer = consumer(stream, name);
		ConsumeOptions options = ConsumeOptions.builder().batchSize(this.settings.batch()).build();
		for (int i = 0; i < dispatchers; i++) {
			Dispatcher dispatcher = this.connection.createDispatcher();
			dispatcher.setPendingLimits(-1, -1);
			consumer.consume(options, dispatcher, this::acknowledge);
		}
	}

	/**
	 * Handle the messages of a stream that a thread asks for.
	 */
	void pull() throws IOException, JetStreamApiException {
		consumer(this.settings.stream(), this.settings.consumer());
		new RawPulls(this.connection, this.settings, this::acknowledge, this.window::isOver).start();
	}

	private void acknowledge(Message message) {
		this.handler.accept(message.getData());
		message.ack();
	}

	/**
	 * Wait for messages that nobody publishes.
	 */
	void idle() throws IOException, JetStreamApiException {
		for (int i = 1; i <= this.settings.threads(); i++) {
			if (this.settings.role() == Role.START_STREAM) {
				consume(ProgramSettings.STORED_STREAM, "idle-" + i, 1);
			}
			else {
				this.connection.createDispatcher((message) -> this.handler.accept(message.getData()))
					.subscribe("benchmark.idle." + i);
			}
		}
	}

	private ConsumerContext consumer(String stream, String name) throws IOException, JetStreamApiException {
		return this.connection.getStreamContext(stream)
			.createOrUpdateConsumer(
					ConsumerConfiguration.builder().durable(name).maxAckPending(MOST_UNACKNOWLEDGED).build());
	}

}
