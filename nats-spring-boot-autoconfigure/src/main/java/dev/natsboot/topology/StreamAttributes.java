package dev.natsboot.topology;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.Source;
import io.nats.client.api.StreamConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of streams and, under other names, of the streams behind buckets. What
 * equals the client's default isn't declared, unless a property names it.
 */
final class StreamAttributes {

	private static final StreamConfiguration DEFAULTS = StreamConfiguration.builder().name("defaults").build();

	static final List<Attribute<StreamConfiguration, StreamConfiguration.Builder, ?>> STREAM = List
		.of(description(), subjects(), storage(), replicas(), of("retention", StreamConfiguration::getRetentionPolicy,
				StreamConfiguration.Builder::retentionPolicy)
			.fixedWhen(
					(declared, server) -> declared == RetentionPolicy.WorkQueue || server == RetentionPolicy.WorkQueue),
				maxAge("max-age"), maxBytes("max-bytes"),
				of("max-messages", StreamConfiguration::getMaxMsgs, StreamConfiguration.Builder::maxMessages),
				of("max-messages-per-subject", StreamConfiguration::getMaxMsgsPerSubject,
						StreamConfiguration.Builder::maxMessagesPerSubject),
				maxMessageSize("max-message-size"),
				of("max-consumers", StreamConfiguration::getMaxConsumers, StreamConfiguration.Builder::maxConsumers)
					.fixed(),
				of("discard", StreamConfiguration::getDiscardPolicy, StreamConfiguration.Builder::discardPolicy),
				of("discard-new-per-subject", StreamConfiguration::isDiscardNewPerSubject,
						StreamConfiguration.Builder::discardNewPerSubject),
				of("duplicate-window", StreamConfiguration::getDuplicateWindow,
						StreamConfiguration.Builder::duplicateWindow),
				of("no-ack", StreamConfiguration::getNoAck, StreamConfiguration.Builder::noAck),
				of("allow-rollup", StreamConfiguration::getAllowRollup, StreamConfiguration.Builder::allowRollup),
				of("allow-direct", StreamConfiguration::getAllowDirect, StreamConfiguration.Builder::allowDirect),
				of("mirror-direct", StreamConfiguration::getMirrorDirect, StreamConfiguration.Builder::mirrorDirect),
				of("deny-delete", StreamConfiguration::getDenyDelete, StreamConfiguration.Builder::denyDelete)
					.fixedWhen((declared, server) -> !declared),
				of("deny-purge", StreamConfiguration::getDenyPurge, StreamConfiguration.Builder::denyPurge)
					.fixedWhen((declared, server) -> !declared),
				compression(), metadata(),
				of("first-sequence", StreamConfiguration::getFirstSequence, StreamConfiguration.Builder::firstSequence)
					.fixed()
					.since("2.10.0"),
				of("allow-message-ttl", StreamConfiguration::getAllowMessageTtl,
						StreamConfiguration.Builder::allowMessageTtl)
					.fixedWhen((declared, server) -> !declared)
					.since("2.11.0"),
				of("subject-delete-marker-ttl", StreamConfiguration::getSubjectDeleteMarkerTtl,
						StreamConfiguration.Builder::subjectDeleteMarkerTtl)
					.since("2.11.0"),
				of("allow-message-schedules", StreamConfiguration::getAllowMsgSchedules,
						StreamConfiguration.Builder::allowMessageSchedules)
					.since("2.12.0"),
				of("allow-message-counter", StreamConfiguration::getAllowMessageCounter,
						StreamConfiguration.Builder::allowMessageCounter)
					.fixed()
					.since("2.12.0"),
				of("allow-atomic-publish", StreamConfiguration::getAllowAtomicPublish,
						StreamConfiguration.Builder::allowAtomicPublish)
					.since("2.12.0"),
				of("allow-batched", StreamConfiguration::getAllowBatched, StreamConfiguration.Builder::allowBatched)
					.since("2.14.0"),
				of("mirror", StreamConfiguration::getMirror, StreamConfiguration.Builder::mirror).fixed(),
				of("sources", StreamConfiguration::getSources,
						(StreamConfiguration.Builder builder, List<Source> sources) -> builder.sources(sources)),
				of("placement", StreamConfiguration::getPlacement, StreamConfiguration.Builder::placement),
				of("republish", StreamConfiguration::getRepublish, StreamConfiguration.Builder::republish),
				of("subject-transform", StreamConfiguration::getSubjectTransform,
						StreamConfiguration.Builder::subjectTransform)
					.since("2.10.0"),
				of("consumer-limits", StreamConfiguration::getConsumerLimits,
						StreamConfiguration.Builder::consumerLimits)
					.since("2.10.0"),
				of("persist-mode", StreamConfiguration::getPersistMode, StreamConfiguration.Builder::persistMode)
					.fixed()
					.since("2.12.0"));

	static final List<Attribute<StreamConfiguration, StreamConfiguration.Builder, ?>> KEY_VALUE = List.of(description(),
			storage(), replicas(), maxAge("ttl"), maxBytes("max-bytes"), history(), maxMessageSize("max-value-size"),
			compression(), metadata(), of("limit-marker-ttl", StreamConfiguration::getSubjectDeleteMarkerTtl,
					(builder, ttl) -> builder.subjectDeleteMarkerTtl(ttl).allowMessageTtl())
				.since("2.11.0"));

	static final List<Attribute<StreamConfiguration, StreamConfiguration.Builder, ?>> OBJECT_STORE = List
		.of(description(), storage(), replicas(), maxAge("ttl"), maxBytes("max-bytes"), compression(), metadata());

	private StreamAttributes() {
	}

	static Map<String, String> mergeMetadata(Map<String, String> declared, Map<String, String> server) {
		Map<String, String> merged = new TreeMap<>(server);
		merged.putAll(declared);
		return merged;
	}

	private static <V> Attribute<StreamConfiguration, StreamConfiguration.Builder, V> of(String name,
			Function<StreamConfiguration, @Nullable V> value, BiConsumer<StreamConfiguration.Builder, V> setter) {
		V initial = value.apply(DEFAULTS);
		return new Attribute<>(name, value, setter).declaredWhen((configuration) -> {
			V declared = value.apply(configuration);
			return declared != null && !declared.equals(initial);
		});
	}

	private static Attribute<StreamConfiguration, StreamConfiguration.Builder, ?> description() {
		return of("description", StreamConfiguration::getDescription, StreamConfiguration.Builder::description);
	}

	private static Attribute<StreamConfiguration, StreamConfiguration.Builder, ?> subjects() {
		return of("subjects", StreamConfiguration::getSubjects,
				(StreamConfiguration.Builder builder, List<String> subjects) -> builder.subjects(subjects))
			.mergedBy(SubjectCoverage::union);
	}

	private static Attribute<StreamConfiguration, StreamConfiguration.Builder, ?> storage() {
		return of("storage", StreamConfiguration::getStorageType, StreamConfiguration.Builder::storageType).fixed();
	}

	private static Attribute<StreamConfiguration, StreamConfiguration.Builder, ?> replicas() {
		return of("replicas", StreamConfiguration::getReplicas, StreamConfiguration.Builder::replicas);
	}

	private static Attribute<StreamConfiguration, StreamConfiguration.Builder, ?> maxAge(String name) {
		return of(name, StreamConfiguration::getMaxAge,
				(StreamConfiguration.Builder builder, Duration age) -> builder.maxAge(age));
	}

	private static Attribute<StreamConfiguration, StreamConfiguration.Builder, ?> maxBytes(String name) {
		return of(name, StreamConfiguration::getMaxBytes, StreamConfiguration.Builder::maxBytes)
			.writtenBy(Values::bytes);
	}

	private static Attribute<StreamConfiguration, StreamConfiguration.Builder, ?> history() {
		return of("history", StreamConfiguration::getMaxMsgsPerSubject,
				StreamConfiguration.Builder::maxMessagesPerSubject)
			.declaredWhen((configuration) -> configuration.getMaxMsgsPerSubject() != 1);
	}

	private static Attribute<StreamConfiguration, StreamConfiguration.Builder, ?> maxMessageSize(String name) {
		return of(name, StreamConfiguration::getMaximumMessageSize, StreamConfiguration.Builder::maximumMessageSize)
			.writtenBy(Values::bytes);
	}

	private static Attribute<StreamConfiguration, StreamConfiguration.Builder, ?> compression() {
		return of("compression", StreamConfiguration::getCompressionOption,
				StreamConfiguration.Builder::compressionOption)
			.since("2.10.0");
	}

	private static Attribute<StreamConfiguration, StreamConfiguration.Builder, ?> metadata() {
		return of("metadata", StreamConfiguration::getMetadata, StreamConfiguration.Builder::metadata)
			.mergedBy(StreamAttributes::mergeMetadata)
			.since("2.10.0");
	}

}
