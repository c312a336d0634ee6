package dev.natsboot.deadletter;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.core.NatsExecutor;
import dev.natsboot.listener.AckMode;
import dev.natsboot.listener.BoundConsumerListener;
import dev.natsboot.listener.ListenerContainer;
import dev.natsboot.listener.MessageListener;
import dev.natsboot.listener.NatsListenerEndpoint;
import dev.natsboot.listener.NatsListenerEndpointBuilder;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import dev.natsboot.listener.RetryDelays;
import dev.natsboot.observation.NatsMetrics;
import io.nats.client.Connection;
import io.nats.client.JetStreamOptions;
import io.nats.client.api.ConsumerInfo;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sees to messages of consumers that have a limit of deliveries on the server: when
 * nobody answers the last one, because the process was killed for instance, the server
 * delivers the message to nobody any more. It says so in an advisory, which is listened
 * to here, and the message becomes a dead letter.
 * <p>
 * Advisories are read from a stream, with a durable consumer for each followed consumer,
 * so that those that are sent while nobody listens are read later. Where there is no such
 * stream and none can be created they are received by a plain subscription, and those are
 * lost.
 */
public class MaxDeliveriesFollower implements BoundConsumerListener {

	private static final Log logger = LogFactory.getLog(MaxDeliveriesFollower.class);

	private static final RetryDelays BACKOFF = RetryDelays
		.of(List.of(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(30)));

	private final Set<FollowedConsumer> followed = ConcurrentHashMap.newKeySet();

	private final Supplier<NatsListenerEndpointRegistry> registry;

	private final NatsExecutor executor;

	private final AdvisoryStream advisories;

	private final JetStreamOptions options;

	private NatsMetrics metrics = NatsMetrics.NONE;

	/**
	 * Create a follower.
	 * @param registry where the listeners of advisories are registered
	 * @param executor runs what calls the server
	 * @param advisories the stream of advisories
	 * @param options the domain or prefix of the JetStream API
	 */
	public MaxDeliveriesFollower(Supplier<NatsListenerEndpointRegistry> registry, NatsExecutor executor,
			AdvisoryStream advisories, JetStreamOptions options) {
		this.registry = registry;
		this.executor = executor;
		this.advisories = advisories;
		this.options = options;
	}

	/**
	 * Where published dead letters are counted. Nowhere unless set.
	 * @param metrics the meters
	 */
	public void setMetrics(NatsMetrics metrics) {
		this.metrics = metrics;
	}

	@Override
	public void onBound(NatsListenerEndpoint endpoint, ConsumerInfo consumer, NatsConnectionManager connections) {
		if (consumer.getConsumerConfiguration().getMaxDeliver() <= 0 || endpoint.deadLetterSubject() == null
				|| endpoint.ackMode() == AckMode.NONE) {
			return;
		}
		FollowedConsumer found = new FollowedConsumer(endpoint.id(), consumer.getStreamName(), consumer.getName(),
				endpoint.deadLetterSubject());
		boolean first = this.followed.add(found);
		this.executor.execute(() -> {
			if (first) {
				follow(found, connections);
			}
			else {
				restore(found, connections);
			}
		});
	}

	/**
	 * Where the consumer had to be bound again the stream of advisories may be lost, too.
	 */
	private void restore(FollowedConsumer consumer, NatsConnectionManager connections) {
		ListenerContainer container = this.registry.get().getListenerContainer(id(consumer));
		try {
			if (container != null && container.getEndpoint().isJetStream()) {
				this.advisories.provide(connections.current(), consumer);
			}
		}
		catch (RuntimeException ex) {
			logger.warn("There is no stream of the advisories of " + consumer + " until listener '"
					+ consumer.listener() + "' binds again", ex);
		}
	}

	private static String id(FollowedConsumer consumer) {
		return consumer.listener() + "-max-deliveries";
	}

	private void follow(FollowedConsumer consumer, NatsConnectionManager connections) {
		try {
			String stream = stream(consumer, connections.current());
			this.registry.get().register(endpoint(consumer, stream, connections), connections);
		}
		catch (RuntimeException ex) {
			this.followed.remove(consumer);
			logger.error("The advisories of " + consumer + " can't be followed: a message whose last delivery isn't "
					+ "answered stays without a dead letter until listener '" + consumer.listener() + "' binds again",
					ex);
		}
	}

	private @Nullable String stream(FollowedConsumer consumer, Connection connection) {
		try {
			return this.advisories.provide(connection, consumer);
		}
		catch (IllegalStateException ex) {
			logger.warn("The " + consumer + " has a limit of deliveries (max_deliver). Advisories about its last one "
					+ "are received by a plain subscription, as " + ex.getMessage() + ". A message whose last "
					+ "delivery is not answered while no instance of this application is connected, or whose dead "
					+ "letter can't be published at once, stays in its stream without a dead letter");
			return null;
		}
	}

	private NatsListenerEndpoint endpoint(FollowedConsumer consumer, @Nullable String stream,
			NatsConnectionManager connections) {
		ParkedMessages parked = new ParkedMessages(consumer, connections, this.options, this.metrics);
		MessageListener listener = (delivery) -> {
			parked.move(delivery.message());
			return null;
		};
		NatsListenerEndpointBuilder builder = NatsListenerEndpoint.builder(id(consumer), listener)
			.subjects(List.of(consumer.advisorySubject()));
		if (stream == null) {
			return builder.queue(consumer.follower()).build();
		}
		return builder.stream(stream).consumer(consumer.follower()).maxDeliver(-1).backoff(BACKOFF).build();
	}

}
