package dev.natsboot.listener;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

import dev.natsboot.topology.ConsumerProvisioner;
import dev.natsboot.topology.ProvisioningMode;
import dev.natsboot.topology.TopologyDifference;
import dev.natsboot.topology.TopologyException;
import io.nats.client.Connection;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Makes or finds the consumer of an endpoint. The server enforces no number of deliveries
 * and has no back-off of its own: the container counts and delays, so that the last
 * delivery's failure reaches the dead letters.
 */
final class ConsumerBinder {

	private static final Log logger = LogFactory.getLog(ConsumerBinder.class);

	private final ConsumerProvisioner provisioner;

	private final ProvisioningMode mode;

	private final BiConsumer<NatsListenerEndpoint, ConsumerInfo> bound;

	ConsumerBinder(ConsumerProvisioner provisioner, ProvisioningMode mode,
			BiConsumer<NatsListenerEndpoint, ConsumerInfo> bound) {
		this.provisioner = provisioner;
		this.mode = mode;
		this.bound = bound;
	}

	/**
	 * Bind to a durable consumer.
	 * @param subscribed whether the caller is a subscriber already
	 * @return the consumer as the server has it
	 */
	ConsumerInfo bind(Connection connection, NatsListenerEndpoint endpoint, boolean subscribed) {
		ConsumerInfo consumer = provision(connection, endpoint, existing(connection, endpoint), null);
		requireAckPolicy(endpoint, consumer);
		if (endpoint.ackMode() == AckMode.ALL) {
			requireLastingMessages(endpoint, findStream(connection, endpoint).getConfiguration());
		}
		if (!subscribed) {
			requireUnbound(endpoint, consumer);
		}
		return consumer;
	}

	/**
	 * Make an ephemeral consumer.
	 * @param from the sequence at which it begins, or {@code null} for where the endpoint
	 * says
	 * @return the consumer as the server has it
	 */
	ConsumerInfo create(Connection connection, NatsListenerEndpoint endpoint, @Nullable Long from) {
		return provision(connection, endpoint, null, from);
	}

	private ConsumerInfo provision(Connection connection, NatsListenerEndpoint endpoint,
			@Nullable ConsumerConfiguration existing, @Nullable Long from) {
		requireDeadLetterStream(connection, endpoint);
		ConsumerConfiguration declared = ConsumerDeclarations.of(endpoint, existing, connection::createInbox, from);
		ConsumerInfo consumer = this.provisioner.provision(connection, stream(endpoint), declared, this.mode,
				Set.of("filter-subjects"));
		this.bound.accept(endpoint, consumer);
		return consumer;
	}

	/**
	 * A push consumer that exists keeps its deliver subject, whoever has chosen it.
	 */
	private @Nullable ConsumerConfiguration existing(Connection connection, NatsListenerEndpoint endpoint) {
		if (endpoint.consumerType() != ConsumerType.PUSH) {
			return null;
		}
		String consumer = String.valueOf(endpoint.consumer());
		ConsumerInfo found = this.provisioner.provisionDeclared(connection, stream(endpoint), consumer)
			.orElseGet(() -> find(connection, endpoint, consumer));
		return (found != null) ? found.getConsumerConfiguration() : null;
	}

	/**
	 * With ack policy all each acknowledgement counts for other messages, too, which only
	 * {@link AckMode#ALL} takes care of.
	 */
	private static void requireAckPolicy(NatsListenerEndpoint endpoint, ConsumerInfo consumer) {
		AckPolicy policy = consumer.getConsumerConfiguration().getAckPolicy();
		boolean wanted = endpoint.ackMode() == AckMode.ALL;
		Assert.state(wanted == (policy == AckPolicy.All),
				() -> "Consumer '" + consumer.getName() + "' of stream '" + consumer.getStreamName()
						+ "' has ack policy '" + policy + "', but listener '" + endpoint.id() + "' has ackMode '"
						+ endpoint.ackMode() + "': "
						+ (wanted ? "set ackMode = \"auto\", or delete the consumer, which is then made anew"
								: "take batches with ackMode = \"all\", or use a consumer with ack policy explicit, "
										+ "for example consumer = \"" + consumer.getName() + "-v2\""));
	}

	/**
	 * When the server removes a message that is pending with ack policy all, it
	 * acknowledges all that were delivered before it, too. What it removes for its age,
	 * or for want of room, is the oldest of the stream and has none before it.
	 */
	private static void requireLastingMessages(NatsListenerEndpoint endpoint, StreamConfiguration stream) {
		boolean replaced = stream.getMaxMsgsPerSubject() > 0 && !stream.isDiscardNewPerSubject();
		Assert.state(!replaced && !stream.isAllowMessageTtl(),
				() -> "Stream '" + stream.getName() + "' has "
						+ (replaced ? "max-messages-per-subject '" + stream.getMaxMsgsPerSubject() + "'"
								: "allow-message-ttl 'true'")
						+ ", but listener '" + endpoint.id() + "' has ackMode 'all', with which the server counts all "
						+ "messages before a removed one as handled: set ackMode = \"auto\" and delete the consumer, "
						+ "which is then made anew, or use a stream without it");
	}

	/**
	 * Only members of a group can share a push consumer: without one each of them would
	 * get every message.
	 */
	private static void requireUnbound(NatsListenerEndpoint endpoint, ConsumerInfo consumer) {
		ConsumerConfiguration configuration = consumer.getConsumerConfiguration();
		Assert.state(
				configuration.getDeliverSubject() == null || configuration.getDeliverGroup() != null
						|| !consumer.isPushBound(),
				() -> "Push consumer '" + consumer.getName() + "' of stream '" + consumer.getStreamName()
						+ "' has a subscriber already, and no deliver group that listener '" + endpoint.id()
						+ "' could join: stop the other subscriber, or create the consumer with a group, for example "
						+ "nats.jetstream.consumers." + consumer.getName() + ".deliver-group=" + consumer.getName());
	}

	/**
	 * Warn when nothing can ever come. Whoever may not look at streams isn't warned, nor
	 * is an application that doesn't compare what it declares with what the server has.
	 */
	void warnOfIdleFilters(Connection connection, NatsListenerEndpoint endpoint, ConsumerInfo consumer) {
		if (this.mode == ProvisioningMode.NONE) {
			return;
		}
		try {
			this.provisioner.findIdleFilters(connection, consumer)
				.ifPresent((text) -> logger.warn("Listener '" + endpoint.id() + "': " + text));
		}
		catch (TopologyException | UncheckedIOException ex) {
			logger.debug("The subjects of stream '" + consumer.getStreamName() + "' aren't known", ex);
		}
	}

	/**
	 * Look for a consumer.
	 */
	@Nullable ConsumerInfo find(Connection connection, NatsListenerEndpoint endpoint, String consumer) {
		return this.provisioner.findConsumer(connection, stream(endpoint), consumer).orElse(null);
	}

	/**
	 * How an endpoint's durable consumer differs from what the endpoint declares.
	 */
	List<TopologyDifference> differences(NatsListenerEndpoint endpoint) {
		return (endpoint.consumer() != null) ? this.provisioner.getDifferences(stream(endpoint), endpoint.consumer())
				: List.of();
	}

	/**
	 * Look at the stream of an endpoint.
	 */
	StreamInfo findStream(Connection connection, NatsListenerEndpoint endpoint) {
		return this.provisioner.getStream(connection, stream(endpoint));
	}

	/**
	 * Delete a consumer that is not needed any longer.
	 */
	void delete(Connection connection, NatsListenerEndpoint endpoint, String consumer) {
		this.provisioner.deleteConsumer(connection, stream(endpoint), consumer);
	}

	private static String stream(NatsListenerEndpoint endpoint) {
		String stream = endpoint.stream();
		Assert.state(stream != null, "Not a JetStream endpoint");
		return stream;
	}

	/**
	 * A dead letter that no stream captures could never be published, and its message
	 * would be retried for ever. Which subjects messages really have nobody knows, so a
	 * stream is enough that captures some of those that a wildcard stands for.
	 */
	private void requireDeadLetterStream(Connection connection, NatsListenerEndpoint endpoint) {
		String subject = endpoint.deadLetterSubject();
		if (subject != null) {
			List<String> missing = DeadLetterSubjects.patterns(subject, endpoint)
				.stream()
				.filter((pattern) -> this.provisioner.findStream(connection, pattern).isEmpty())
				.toList();
			Assert.state(missing.isEmpty(),
					() -> "No stream captures the dead-letter subject '" + subject + "' of listener '" + endpoint.id()
							+ "': declare one, for example nats.jetstream.streams.DEAD_LETTERS.subjects="
							+ String.join(",", missing));
		}
	}

}
