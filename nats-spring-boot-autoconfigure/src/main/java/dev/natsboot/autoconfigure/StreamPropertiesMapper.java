package dev.natsboot.autoconfigure;

import java.util.List;

import dev.natsboot.topology.StreamDeclaration;
import io.nats.client.api.Mirror;
import io.nats.client.api.Placement;
import io.nats.client.api.Source;
import io.nats.client.api.StreamConfiguration;

/**
 * Makes declarations of {@code nats.jetstream.streams.*}.
 */
final class StreamPropertiesMapper {

	private StreamPropertiesMapper() {
	}

	static StreamDeclaration map(String key, NatsJetStreamProperties.Stream properties) {
		String prefix = "nats.jetstream.streams." + key;
		StreamConfiguration.Builder builder = StreamConfiguration.builder();
		DeclaredAttributes attributes = new DeclaredAttributes(prefix);
		attributes.apply("name", (properties.getName() != null) ? properties.getName() : key, builder::name);
		mapContent(attributes, builder, properties);
		mapLimits(attributes, builder, properties);
		mapRules(attributes, builder, properties);
		mapFeatures(attributes, builder, properties);
		mapOrigin(attributes, builder, properties);
		return new StreamDeclaration(builder.build(), attributes.names(), properties.getProvisioning(), prefix);
	}

	private static void mapContent(DeclaredAttributes attributes, StreamConfiguration.Builder builder,
			NatsJetStreamProperties.Stream properties) {
		attributes.apply("description", properties.getDescription(), builder::description)
			.apply("subjects", properties.getSubjects(), (List<String> subjects) -> builder.subjects(subjects))
			.apply("storage", properties.getStorage(), builder::storageType)
			.apply("replicas", properties.getReplicas(), builder::replicas)
			.apply("retention", properties.getRetention(), builder::retentionPolicy)
			.apply("compression", properties.getCompression(), builder::compressionOption)
			.apply("metadata", properties.getMetadata(), builder::metadata);
	}

	private static void mapLimits(DeclaredAttributes attributes, StreamConfiguration.Builder builder,
			NatsJetStreamProperties.Stream properties) {
		attributes.apply("max-age", properties.getMaxAge(), builder::maxAge)
			.apply("max-bytes", properties.getMaxBytes(), (size) -> builder.maxBytes(size.toBytes()))
			.apply("max-messages", properties.getMaxMessages(), builder::maxMessages)
			.apply("max-messages-per-subject", properties.getMaxMessagesPerSubject(), builder::maxMessagesPerSubject)
			.apply("max-message-size", properties.getMaxMessageSize(),
					(size) -> builder.maximumMessageSize(Math.toIntExact(size.toBytes())))
			.apply("max-consumers", properties.getMaxConsumers(), builder::maxConsumers)
			.apply("discard", properties.getDiscard(), builder::discardPolicy)
			.apply("discard-new-per-subject", properties.getDiscardNewPerSubject(), builder::discardNewPerSubject)
			.apply("duplicate-window", properties.getDuplicateWindow(), builder::duplicateWindow);
	}

	private static void mapRules(DeclaredAttributes attributes, StreamConfiguration.Builder builder,
			NatsJetStreamProperties.Stream properties) {
		attributes.apply("no-ack", properties.getNoAck(), builder::noAck)
			.apply("allow-rollup", properties.getAllowRollup(), builder::allowRollup)
			.apply("allow-direct", properties.getAllowDirect(), builder::allowDirect)
			.apply("mirror-direct", properties.getMirrorDirect(), builder::mirrorDirect)
			.apply("deny-delete", properties.getDenyDelete(), builder::denyDelete)
			.apply("deny-purge", properties.getDenyPurge(), builder::denyPurge);
	}

	private static void mapFeatures(DeclaredAttributes attributes, StreamConfiguration.Builder builder,
			NatsJetStreamProperties.Stream properties) {
		attributes.apply("first-sequence", properties.getFirstSequence(), builder::firstSequence)
			.apply("allow-message-ttl", properties.getAllowMessageTtl(), builder::allowMessageTtl)
			.apply("subject-delete-marker-ttl", properties.getSubjectDeleteMarkerTtl(), builder::subjectDeleteMarkerTtl)
			.apply("allow-message-schedules", properties.getAllowMessageSchedules(), builder::allowMessageSchedules)
			.apply("allow-message-counter", properties.getAllowMessageCounter(), builder::allowMessageCounter)
			.apply("allow-atomic-publish", properties.getAllowAtomicPublish(), builder::allowAtomicPublish)
			.apply("allow-batched", properties.getAllowBatched(), builder::allowBatched);
	}

	private static void mapOrigin(DeclaredAttributes attributes, StreamConfiguration.Builder builder,
			NatsJetStreamProperties.Stream properties) {
		attributes
			.apply("mirror", properties.getMirror(), (name) -> builder.mirror(Mirror.builder().name(name).build()))
			.apply("sources", properties.getSources(),
					(names) -> names.forEach((name) -> builder.addSource(Source.builder().name(name).build())));
		if (properties.getPlacementCluster() != null || properties.getPlacementTags() != null) {
			attributes.apply("placement",
					Placement.builder()
						.cluster(properties.getPlacementCluster())
						.tags(properties.getPlacementTags())
						.build(),
					builder::placement);
		}
	}

}
