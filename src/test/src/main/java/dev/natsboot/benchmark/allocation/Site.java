package dev.natsboot.benchmark.allocation;

import java.time.Duration;
import java.util.List;

import dev.natsboot.benchmark.program.Order;
import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.convert.MessagingPayloadConverter;
import dev.natsboot.convert.NatsMessageConverters;
import dev.natsboot.core.JetStreamTemplate;
import dev.natsboot.core.NatsExecutor;
import dev.natsboot.core.NatsTemplate;
import dev.natsboot.observation.MicrometerNatsMetrics;
import dev.natsboot.observation.SubjectTags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.impl.Headers;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.AlternativeJdkIdGenerator;
import org.springframework.util.IdGenerator;

/**
 * What the benchmarks share: one connection, used with and without templates, whose
 * options are the same for both.
 */
@State(Scope.Benchmark)
public class Site {

	static final String SUBJECT = "benchmark.messages";

	/** Where somebody else answers requests. */
	public static final String ECHO = "benchmark.echo";

	/** Where the measured side answers requests. */
	static final String ANSWERED_BYTES = "benchmark.answered.bytes";

	static final String ANSWERED_RECORDS = "benchmark.answered.records";

	static final String STORED = "benchmark.stored.published";

	/** The stream of everything that is stored. */
	public static final String STREAM = "allocation";

	/** Its subjects. */
	public static final String STORED_SUBJECTS = "benchmark.stored.>";

	static final String BYTES = "benchmark.stored.bytes";

	static final String RECORDS = "benchmark.stored.records";

	static final Duration TIMEOUT = Duration.ofSeconds(5);

	final byte[] body = Order.bytes(128);

	final Order order = Order.ofSize(128);

	final JsonMapper mapper = JsonMapper.shared();

	final byte[] json = this.mapper.writeValueAsBytes(this.order);

	final Connection connection;

	final JetStream stream;

	final NatsTemplate template;

	final JetStreamTemplate jetStream;

	final JetStreamTemplate jetStreamWithoutIds;

	/** As the template has, so that it doesn't matter who makes an id. */
	final IdGenerator ids = new AlternativeJdkIdGenerator();

	private final NatsExecutor callbacks = NatsExecutor.platformThreads();

	/**
	 * Connect to the server that the system property {@code benchmark.url} names.
	 */
	public Site() {
		this.connection = Unchecked.get(() -> Nats.connect(Options.builder()
			.server(System.getProperty("benchmark.url"))
			.dontForceFlushOnRequest()
			.maxMessagesInOutgoingQueue(50_000)
			.build()));
		this.stream = Unchecked.get(this.connection::jetStream);
		NatsConnectionManager manager = NatsConnectionManager.of(this.connection);
		manager.start();
		MessagingPayloadConverter converter = new MessagingPayloadConverter(
				NatsMessageConverters.withJson(this.mapper));
		MicrometerNatsMetrics metrics = new MicrometerNatsMetrics(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
				new SubjectTags(100, List.of()), List.of());
		this.template = new NatsTemplate(manager, converter, this.callbacks);
		this.template.setMetrics(metrics);
		this.jetStream = new JetStreamTemplate(manager, converter, this.callbacks);
		this.jetStream.setMetrics(metrics);
		this.jetStreamWithoutIds = new JetStreamTemplate(manager, converter, this.callbacks);
		this.jetStreamWithoutIds.setMetrics(metrics);
		this.jetStreamWithoutIds.setMessageIdGenerator(null);
	}

	byte[] request(String subject, byte[] request) throws Exception {
		Message reply = this.connection.request(subject, (Headers) null, request, TIMEOUT);
		if (reply == null) {
			throw new IllegalStateException("No reply");
		}
		return reply.getData();
	}

	/**
	 * Close the connection.
	 */
	@TearDown
	public void close() throws Exception {
		this.connection.close();
		this.callbacks.close();
	}

}
