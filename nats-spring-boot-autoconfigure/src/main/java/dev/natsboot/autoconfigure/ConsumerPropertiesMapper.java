package dev.natsboot.autoconfigure;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import dev.natsboot.topology.ConsumerDeclaration;
import io.nats.client.api.ConsumerConfiguration;

import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

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
		ConsumerConfiguration.Builder builder = ConsumerConfiguration.builder()
			.durable((properties.getName() != null) ? properties.getName() : key);
		mapDelivery(builder, properties);
		mapAcknowledgement(builder, properties);
		mapPull(builder, properties);
		mapPush(builder, properties);
		return new ConsumerDeclaration(stream, builder.build(), properties.getProvisioning(), prefix);
	}

	private static void mapDelivery(ConsumerConfiguration.Builder builder,
			NatsJetStreamProperties.Consumer properties) {
		PropertyMapper map = PropertyMapper.get();
		map.from(properties::getDescription).to(builder::description);
		map.from(properties::getFilterSubjects).to((List<String> subjects) -> builder.filterSubjects(subjects));
		map.from(properties::getDeliverPolicy).to(builder::deliverPolicy);
		map.from(properties::getStartSequence).to((sequence) -> builder.startSequence(sequence.longValue()));
		map.from(properties::getStartTime).as((time) -> time.atZone(ZoneOffset.UTC)).to(builder::startTime);
		map.from(properties::getReplayPolicy).to(builder::replayPolicy);
		map.from(properties::getHeadersOnly).to(builder::headersOnly);
		map.from(properties::getMemoryStorage).to(builder::memStorage);
		map.from(properties::getReplicas).to(builder::numReplicas);
		map.from(properties::getInactiveThreshold).to(builder::inactiveThreshold);
		map.from(properties::getMetadata).whenNot(Map::isEmpty).to(builder::metadata);
	}

	private static void mapAcknowledgement(ConsumerConfiguration.Builder builder,
			NatsJetStreamProperties.Consumer properties) {
		PropertyMapper map = PropertyMapper.get();
		map.from(properties::getAckPolicy).to(builder::ackPolicy);
		map.from(properties::getAckWait).to(builder::ackWait);
		map.from(properties::getMaxDeliver).to((count) -> builder.maxDeliver(count.longValue()));
		map.from(properties::getBackoff).to((delays) -> builder.backoff(delays.toArray(Duration[]::new)));
		map.from(properties::getMaxAckPending).to((count) -> builder.maxAckPending(count.longValue()));
		map.from(properties::getSampleFrequency).to(builder::sampleFrequency);
	}

	private static void mapPull(ConsumerConfiguration.Builder builder, NatsJetStreamProperties.Consumer properties) {
		PropertyMapper map = PropertyMapper.get();
		map.from(properties::getMaxPullWaiting).to((count) -> builder.maxPullWaiting(count.longValue()));
		map.from(properties::getMaxBatch).to((count) -> builder.maxBatch(count.longValue()));
		map.from(properties::getMaxBytes).as(DataSize::toBytes).to((bytes) -> builder.maxBytes(bytes.longValue()));
		map.from(properties::getMaxExpires).to(builder::maxExpires);
	}

	private static void mapPush(ConsumerConfiguration.Builder builder, NatsJetStreamProperties.Consumer properties) {
		PropertyMapper map = PropertyMapper.get();
		map.from(properties::getDeliverSubject).to(builder::deliverSubject);
		map.from(properties::getDeliverGroup).to(builder::deliverGroup);
		map.from(properties::getIdleHeartbeat).to(builder::idleHeartbeat);
		map.from(properties::getRateLimit).to((rate) -> builder.rateLimit(rate.longValue()));
	}

}
