package dev.natsboot.listener;

import java.time.Duration;
import java.util.List;
import java.util.function.LongConsumer;

import io.nats.client.api.ConsumerConfiguration;

/**
 * Decides the figures and the parts of an intake from its endpoint and from what the
 * server's consumer has.
 */
final class IntakePlan {

	/**
	 * Enough for some time slices of the processes around: with less they wait for each
	 * other.
	 */
	private static final int MOST_AHEAD = 5000;

	/**
	 * What a worker handles, what waits for it, and as much on the way from the server.
	 */
	private static final int UNITS_AHEAD = 4;

	private static final Duration LONGEST_TICK = Duration.ofSeconds(1);

	private static final Duration SHORTEST_TICK = Duration.ofMillis(10);

	private IntakePlan() {
	}

	/**
	 * A third of the ack wait: a message that is being handled is touched at least twice
	 * within it.
	 */
	static Duration tickInterval(Duration ackWait) {
		Duration third = ackWait.dividedBy(3);
		if (third.compareTo(LONGEST_TICK) > 0) {
			return LONGEST_TICK;
		}
		return (third.compareTo(SHORTEST_TICK) < 0) ? SHORTEST_TICK : third;
	}

	/**
	 * How many messages a worker takes at once.
	 */
	static int unit(NatsListenerEndpoint endpoint) {
		return endpoint.isBatch() ? endpoint.batchSize() : 1;
	}

	static int most(NatsListenerEndpoint endpoint, ConsumerConfiguration configuration) {
		int most = Math.max(MOST_AHEAD, UNITS_AHEAD * endpoint.concurrency() * unit(endpoint));
		if (configuration.getMaxAckPending() > 0) {
			most = (int) Math.min(most, configuration.getMaxAckPending());
		}
		return (configuration.getMaxBatch() > 0) ? (int) Math.min(most, configuration.getMaxBatch()) : most;
	}

	/**
	 * A consumer that isn't ours may stop delivering earlier than the endpoint would.
	 */
	static int maxDeliver(NatsListenerEndpoint endpoint, ConsumerConfiguration configuration) {
		int server = (int) configuration.getMaxDeliver();
		if (server <= 0) {
			return endpoint.maxDeliver();
		}
		return (endpoint.maxDeliver() > 0) ? Math.min(server, endpoint.maxDeliver()) : server;
	}

	static Workers workers(NatsListenerEndpoint endpoint, ListenerServices services, Settlement settlement,
			LongConsumer pace) {
		if (endpoint.listener() instanceof BatchMessageListener batch) {
			BatchPipeline pipeline = new BatchPipeline(endpoint, batch, settlement, services.executor(), pace);
			return new Workers(endpoint.concurrency(), services.executor(), (workers) -> batches(workers, pipeline));
		}
		MessagePipeline pipeline = new MessagePipeline(endpoint, (MessageListener) endpoint.listener(), settlement,
				new ReplySender(endpoint, services), services, pace);
		return new Workers(endpoint.concurrency(), services.executor(), (workers) -> singles(workers, pipeline));
	}

	private static void singles(Workers workers, MessagePipeline pipeline) {
		for (Delivery next = workers.poll(); next != null; next = workers.poll()) {
			pipeline.process(next);
		}
	}

	private static void batches(Workers workers, BatchPipeline pipeline) {
		for (Delivery next = workers.poll(); next != null; next = workers.poll()) {
			List<Delivery> batch = pipeline.collect(workers, next);
			workers.handling(batch.size());
			pipeline.process(batch);
		}
	}

}
