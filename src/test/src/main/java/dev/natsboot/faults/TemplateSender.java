package dev.natsboot.faults;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.convert.MessagingPayloadConverter;
import dev.natsboot.convert.NatsMessageConverters;
import dev.natsboot.core.JetStreamTemplate;
import dev.natsboot.core.NatsExecutor;
import dev.natsboot.faults.processor.Order;
import io.nats.client.support.NatsJetStreamConstants;
import tools.jackson.databind.json.JsonMapper;

/**
 * Publishes as an application would, with the starter, through the network that is
 * disturbed.
 */
final class TemplateSender implements Sender {

	private final NatsExecutor executor = NatsExecutor.platformThreads();

	private final NatsConnectionManager connections;

	private final JetStreamTemplate template;

	TemplateSender(Network network) {
		this.connections = NatsConnectionManager.builder()
			.name("producer")
			.drainTimeout(Duration.ofSeconds(2))
			.options((options) -> options.servers(network.urls().split(","))
				.ignoreDiscoveredServers()
				.pingInterval(Duration.ofMillis(500))
				.connectionTimeout(Duration.ofSeconds(1))
				.reconnectWait(Duration.ofMillis(100))
				.errorListener(new SilentErrors()))
			.build();
		this.connections.start();
		this.template = new JetStreamTemplate(this.connections,
				new MessagingPayloadConverter(NatsMessageConverters.withJson(new JsonMapper())), this.executor);
		this.template.setPublishTimeout(Duration.ofSeconds(2));
	}

	@Override
	public CompletableFuture<?> send(Order order, String messageId) {
		return this.template.publishAsync(order.subject(), order, Map.of(NatsJetStreamConstants.MSG_ID_HDR, messageId));
	}

	@Override
	public void close() {
		this.connections.stop();
		this.executor.close();
	}

}
