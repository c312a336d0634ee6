package dev.natsboot.autoconfigure;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;

import dev.natsboot.topology.ConsumerDeclaration;
import io.nats.client.api.ConsumerConfiguration;

import org.springframework.util.Assert;

/**
 * Makes declarations of {@code nats.jetstream.consumers.*}.
 */
final class ConsumerPropertiesMapper {

	private ConsumerPropertiesMapper() {
	}

	static ConsumerDeclaration map(String key, NatsJetStreamProperties.Consumer properties) {
		String prefix = "nats.jetstream.consumers." + key;
		String stream = properties.getStream();
		Assert.hasText(stream, () -> prefix + ".stream is missing: name the consumer's stream, for instance " + prefix
				+ ".stream=ORDERS");
		ConsumerConfiguration.Builder builder = ConsumerConfiguration.builder();
		DeclaredAttributes attributes = new DeclaredAttributes(prefix);
		attributes.apply("name", (properties.getName() != null) ? properties.getName() : key, builder::durable);
		mapDelivery(attributes, builder, properties);
		mapAcknowledgement(attributes, builder, properties);
		mapPull(attributes, builder, properties);
		mapPush(attributes, builder, properties);
		return new ConsumerDeclaration(stream, builder.build(), properties.getProvisioning(), prefix);
	}

	private static void mapDelivery(DeclaredAttributes attributes, ConsumerConfiguration.Builder builder,
			NatsJetStreamProperties.Consumer properties) {
		attributes.apply("description", properties.getDescription(), builder::description)
			.apply("filter-subjects", properties.getFilterSubjects(),
					(List<String> subjects) -> builder.filterSubjects(subjects))
			.apply("deliver-policy", properties.getDeliverPolicy(), builder::deliverPolicy)
			.apply("start-sequence", properties.getStartSequence(),
					(sequence) -> builder.startSequence(sequence.longValue()))
			.apply("start-time", properties.getStartTime(), (time) -> builder.startTime(time.atZone(ZoneOffset.UTC)))
			.apply("replay-policy", properties.getReplayPolicy(), builder::replayPolicy)
			.apply("headers-only", properties.getHeadersOnly(), builder::headersOnly)
			.apply("memory-storage", properties.getMemoryStorage(), builder::memStorage)
			.apply("replicas", properties.getReplicas(), builder::numReplicas)
			.apply("inactive-threshold", properties.getInactiveThreshold(), builder::inactiveThreshold)
			.apply("metadata", properties.getMetadata(), builder::metadata);
	}

	private static void mapAcknowledgement(DeclaredAttributes attributes, ConsumerConfiguration.Builder builder,
			NatsJetStreamProperties.Consumer properties) {
		attributes.apply("ack-policy", properties.getAckPolicy(), builder::ackPolicy)
			.apply("ack-wait", properties.getAckWait(), builder::ackWait)
			.apply("max-deliver", properties.getMaxDeliver(), (count) -> builder.maxDeliver(count.longValue()))
			.apply("backoff", properties.getBackoff(), (delays) -> builder.backoff(delays.toArray(Duration[]::new)))
			.apply("max-ack-pending", properties.getMaxAckPending(),
					(count) -> builder.maxAckPending(count.longValue()))
			.apply("sample-frequency", properties.getSampleFrequency(), builder::sampleFrequency);
	}

	private static void mapPull(DeclaredAttributes attributes, ConsumerConfiguration.Builder builder,
			NatsJetStreamProperties.Consumer properties) {
		attributes
			.apply("max-pull-waiting", properties.getMaxPullWaiting(),
					(count) -> builder.maxPullWaiting(count.longValue()))
			.apply("max-batch", properties.getMaxBatch(), (count) -> builder.maxBatch(count.longValue()))
			.apply("max-bytes", properties.getMaxBytes(), (size) -> builder.maxBytes(size.toBytes()))
			.apply("max-expires", properties.getMaxExpires(), builder::maxExpires);
	}

	private static void mapPush(DeclaredAttributes attributes, ConsumerConfiguration.Builder builder,
			NatsJetStreamProperties.Consumer properties) {
		attributes.apply("deliver-subject", properties.getDeliverSubject(), builder::deliverSubject)
			.apply("deliver-group", properties.getDeliverGroup(), builder::deliverGroup)
			.apply("idle-heartbeat", properties.getIdleHeartbeat(), builder::idleHeartbeat)
			.apply("rate-limit", properties.getRateLimit(), (rate) -> builder.rateLimit(rate.longValue()));
	}

}
