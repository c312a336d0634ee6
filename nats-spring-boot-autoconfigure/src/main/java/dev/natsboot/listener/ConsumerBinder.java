package dev.natsboot.listener;

import java.time.Duration;
import java.time.ZoneOffset;

import dev.natsboot.topology.ConsumerProvisioner;
import dev.natsboot.topology.ProvisioningMode;
import io.nats.client.Connection;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;

import org.springframework.util.Assert;

/**
 * Makes or finds the consumer of an endpoint. The server enforces no number of deliveries
 * and has no back-off of its own: the container counts and delays, so that the last
 * delivery's failure reaches the dead letters.
 */
final class ConsumerBinder {

	/**
	 * How long the server keeps an ephemeral consumer while nobody asks for messages.
	 */
	private static final Duration INACTIVE_THRESHOLD = Duration.ofMinutes(5);

	private final ConsumerProvisioner provisioner;

	private final ProvisioningMode mode;

	ConsumerBinder(ConsumerProvisioner provisioner, ProvisioningMode mode) {
		this.provisioner = provisioner;
		this.mode = mode;
	}

	/**
	 * Bind.
	 * @return the consumer as the server has it
	 */
	ConsumerInfo bind(Connection connection, NatsListenerEndpoint endpoint) {
		String stream = endpoint.stream();
		Assert.state(stream != null, "Not a JetStream endpoint");
		requireDeadLetterStream(connection, endpoint);
		ConsumerInfo consumer = this.provisioner.provision(connection, stream, declare(endpoint), this.mode);
		Assert.state(consumer.getConsumerConfiguration().getDeliverSubject() == null,
				() -> "Consumer '" + consumer.getName() + "' of stream '" + stream + "' is a push consumer, listener '"
						+ endpoint.id() + "' needs a pull consumer: "
						+ "choose another name with 'consumer', for example consumer = \"" + endpoint.id() + "-pull\"");
		return consumer;
	}

	/**
	 * A dead letter that no stream captures could never be published, and its message
	 * would be retried for ever.
	 */
	private void requireDeadLetterStream(Connection connection, NatsListenerEndpoint endpoint) {
		String subject = endpoint.deadLetterSubject();
		if (subject != null) {
			Assert.state(
					DeadLetterSubjects.examples(subject, endpoint)
						.stream()
						.allMatch((example) -> this.provisioner.findStream(connection, example).isPresent()),
					() -> "No stream captures the dead-letter subject '" + subject + "' of listener '" + endpoint.id()
							+ "': declare one, for example nats.jetstream.streams.DEAD_LETTERS.subjects=" + subject);
		}
	}

	private static ConsumerConfiguration declare(NatsListenerEndpoint endpoint) {
		ConsumerConfiguration.Builder builder = ConsumerConfiguration.builder()
			.ackPolicy((endpoint.ackMode() == AckMode.NONE) ? AckPolicy.None : AckPolicy.Explicit);
		if (endpoint.consumer() != null) {
			builder.durable(endpoint.consumer());
		}
		else {
			builder.inactiveThreshold(INACTIVE_THRESHOLD);
		}
		if (!endpoint.subjects().isEmpty()) {
			builder.filterSubjects(endpoint.subjects());
		}
		if (endpoint.ackWait() != null) {
			builder.ackWait(endpoint.ackWait());
		}
		if (endpoint.maxAckPending() != null) {
			builder.maxAckPending(endpoint.maxAckPending());
		}
		start(builder, endpoint);
		return builder.build();
	}

	private static void start(ConsumerConfiguration.Builder builder, NatsListenerEndpoint endpoint) {
		if (endpoint.deliverPolicy() != null) {
			builder.deliverPolicy(endpoint.deliverPolicy());
		}
		if (endpoint.startSequence() != null) {
			builder.startSequence(endpoint.startSequence());
		}
		if (endpoint.startTime() != null) {
			builder.startTime(endpoint.startTime().atZone(ZoneOffset.UTC));
		}
	}

}
