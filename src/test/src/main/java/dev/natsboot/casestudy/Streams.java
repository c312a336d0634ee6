package dev.natsboot.casestudy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.natsboot.run.Machine;
import dev.natsboot.run.RunException;
import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.IterableConsumer;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.OrderedConsumerConfiguration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Looks into the streams, with a connection of its own.
 */
final class Streams implements AutoCloseable {

	static final String ORDERS = "ORDERS";

	static final String PAYMENTS = "PAYMENTS";

	static final String INVENTORY = "INVENTORY";

	static final String DEAD_LETTERS = "ORDERS_DLQ";

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final JsonMapper mapper = JsonMapper.builder().build();

	private final Connection connection;

	Streams(String url) throws InterruptedException {
		Options options = Options.builder()
			.server(url)
			.connectionName("case-study")
			.connectionTimeout(PATIENCE)
			.errorListener(new ErrorListener() {
			})
			.build();
		try {
			this.connection = Nats.connect(options);
		}
		catch (IOException ex) {
			throw new RunException("nats-server can't be reached at " + url, ex);
		}
	}

	/**
	 * Look at this machine and at the server.
	 * @return what the figures depend on
	 */
	Machine machine() throws IOException {
		return Machine.of(this.connection);
	}

	long count(String stream) {
		try {
			return this.connection.jetStreamManagement().getStreamInfo(stream).getStreamState().getMsgCount();
		}
		catch (IOException | JetStreamApiException ex) {
			throw new RunException("The stream " + stream + " can't be looked into", ex);
		}
	}

	long lastSequence(String stream) {
		try {
			return this.connection.jetStreamManagement().getStreamInfo(stream).getStreamState().getLastSequence();
		}
		catch (IOException | JetStreamApiException ex) {
			throw new RunException("The stream " + stream + " can't be looked into", ex);
		}
	}

	/**
	 * The sequence up to which a consumer has acknowledged everything.
	 */
	long settled(String stream, String consumer) {
		try {
			return this.connection.jetStreamManagement()
				.getConsumerInfo(stream, consumer)
				.getAckFloor()
				.getStreamSequence();
		}
		catch (IOException | JetStreamApiException ex) {
			throw new RunException("The consumer " + consumer + " of " + stream + " can't be looked into", ex);
		}
	}

	/**
	 * Look how much consumers have before them.
	 * @return the messages that aren't acknowledged, by the name of the consumer
	 */
	Map<String, Long> backlog() {
		Map<String, Long> backlog = new TreeMap<>();
		for (String stream : List.of(ORDERS, PAYMENTS, INVENTORY)) {
			consumers(stream).forEach((consumer) -> backlog.merge(consumer.getName(),
					consumer.getNumPending() + consumer.getNumAckPending(), Long::sum));
		}
		return backlog;
	}

	private List<ConsumerInfo> consumers(String stream) {
		try {
			return this.connection.jetStreamManagement().getConsumers(stream);
		}
		catch (IOException | JetStreamApiException ex) {
			throw new RunException("The consumers of " + stream + " can't be looked into", ex);
		}
	}

	/**
	 * Read a whole stream.
	 * @param stream its name
	 * @return its messages in their order
	 * @throws InterruptedException if interrupted
	 */
	List<StreamEvent> read(String stream) throws InterruptedException {
		return read(stream, 1);
	}

	/**
	 * Read the end of a stream.
	 * @param stream its name
	 * @param first the sequence of the first message to read
	 * @return its messages in their order
	 * @throws InterruptedException if interrupted
	 */
	List<StreamEvent> read(String stream, long first) throws InterruptedException {
		List<StreamEvent> events = new ArrayList<>();
		if (lastSequence(stream) < first) {
			return events;
		}
		try (IterableConsumer consumer = this.connection.getStreamContext(stream)
			.createOrderedConsumer(new OrderedConsumerConfiguration().deliverPolicy(DeliverPolicy.ByStartSequence)
				.startSequence(first))
			.iterate()) {
			long pending = 1;
			while (pending > 0) {
				Message message = consumer.nextMessage(PATIENCE);
				if (message == null) {
					throw new RunException("The stream " + stream + " stopped after " + events.size() + " messages");
				}
				events.add(event(message));
				pending = message.metaData().pendingCount();
			}
			return events;
		}
		catch (InterruptedException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new RunException("The stream " + stream + " can't be read", ex);
		}
	}

	private StreamEvent event(Message message) {
		return new StreamEvent(message.getSubject(), orderId(message.getData()),
				message.metaData().timestamp().toInstant());
	}

	private String orderId(byte[] data) {
		try {
			return this.mapper.readTree(data).path("orderId").asString("");
		}
		catch (JacksonException ex) {
			return "";
		}
	}

	@Override
	public void close() throws InterruptedException {
		this.connection.close();
	}

}
