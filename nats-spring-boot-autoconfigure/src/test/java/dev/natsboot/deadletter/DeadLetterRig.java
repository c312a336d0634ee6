package dev.natsboot.deadletter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.listener.DeadLetterContent;
import dev.natsboot.listener.DeadLetterPublisher;
import dev.natsboot.observation.NatsMetrics;
import dev.natsboot.testsupport.NatsServer;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.impl.Headers;

/**
 * A server with a stream of orders and one of dead letters, and a template for them.
 */
final class DeadLetterRig implements AutoCloseable {

	static final String DEAD = "DEAD";

	static final String ORDERS = "ORDERS";

	private final NatsServer server;

	private final Connection client;

	private final NatsConnectionManager manager;

	DeadLetterRig() throws Exception {
		this(new NatsServer());
	}

	private DeadLetterRig(NatsServer server) throws Exception {
		this(server, Nats.connect(server.url()));
	}

	DeadLetterRig(NatsServer server, Connection client) {
		this.server = server;
		this.client = client;
		this.manager = NatsConnectionManager.of(this.client);
		this.manager.start();
	}

	NatsServer server() {
		return this.server;
	}

	Connection client() {
		return this.client;
	}

	NatsConnectionManager manager() {
		return this.manager;
	}

	DeadLetterTemplate template() {
		return new DeadLetterTemplate(this.manager, JetStreamOptions.defaultOptions(), List.of(),
				() -> List.of("dead.>"));
	}

	DeadLetterTemplate template(String user) throws IOException, InterruptedException {
		NatsConnectionManager other = NatsConnectionManager.of(Nats
			.connect(Options.builder().server(this.server.url()).userInfo(user, user).reportNoResponders().build()));
		other.start();
		return new DeadLetterTemplate(other, JetStreamOptions.builder().requestTimeout(Duration.ofSeconds(2)).build(),
				List.of(DEAD), List::of);
	}

	JetStreamManagement management() throws IOException {
		return this.client.jetStreamManagement();
	}

	void reset() throws Exception {
		this.server.deleteStreams(management());
		stream(ORDERS, Duration.ofMinutes(2), "orders.>");
		stream(DEAD, Duration.ofMinutes(2), "dead.>");
	}

	void deleteStream(String name) throws IOException, JetStreamApiException {
		this.server.deleteStream(management(), name);
	}

	void stream(String name, Duration duplicateWindow, String... subjects) throws IOException, JetStreamApiException {
		management().addStream(
				StreamConfiguration.builder().name(name).subjects(subjects).duplicateWindow(duplicateWindow).build());
	}

	/**
	 * Publish an order, and make a dead letter of it.
	 */
	void deadLetter(String subject, String listener, String body) throws Exception {
		Headers headers = new Headers().add("Nats-Msg-Id", "id-" + body)
			.add("customer", "c-1", "c-2")
			.add("Content-Type", "text/plain");
		long sequence = this.client.jetStream()
			.publish(subject, headers, body.getBytes(StandardCharsets.UTF_8))
			.getSeqno();
		publish(new DeadLetterContent(subject, ORDERS, "worker", sequence, Instant.now(), headers,
				body.getBytes(StandardCharsets.UTF_8), listener, 5, IllegalStateException.class.getName(),
				"no " + body));
	}

	void publish(DeadLetterContent content) throws IOException, JetStreamApiException {
		new DeadLetterPublisher(this.client, JetStreamOptions.defaultOptions(), NatsMetrics.NONE, "dead.{listener}")
			.publish(content);
	}

	long messages(String stream) {
		try {
			return management().getStreamInfo(stream).getStreamState().getMsgCount();
		}
		catch (IOException | JetStreamApiException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() throws Exception {
		this.client.close();
		this.server.close();
	}

}
