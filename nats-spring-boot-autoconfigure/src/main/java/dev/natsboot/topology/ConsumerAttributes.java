package dev.natsboot.topology;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

import io.nats.client.api.ConsumerConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of consumers. What the client knows as unset isn't declared.
 */
final class ConsumerAttributes {

	static final List<Attribute<ConsumerConfiguration, ConsumerConfiguration.Builder, ?>> ALL = List.of(
			of("description", ConsumerConfiguration::getDescription, ConsumerConfiguration.Builder::description),
			of("filter-subjects", ConsumerAttributes::filters, (builder, value) -> builder.filterSubjects(value))
				.declaredWhen((configuration) -> !filters(configuration).isEmpty())
				.mergedBy((declared, server) -> new HashSet<>(declared).equals(new HashSet<>(server)) ? server
						: declared),
			of("ack-policy", ConsumerConfiguration::getAckPolicy, ConsumerConfiguration.Builder::ackPolicy)
				.declaredWhen(ConsumerConfiguration::ackPolicyWasSet)
				.fixed(),
			of("ack-wait", positive(ConsumerConfiguration::getAckWait), ConsumerConfiguration.Builder::ackWait),
			of("max-deliver", ConsumerConfiguration::getMaxDeliver,
					(builder, value) -> builder.maxDeliver(value.longValue()))
				.declaredWhen(ConsumerConfiguration::maxDeliverWasSet),
			of("backoff", ConsumerConfiguration::getBackoff,
					(builder, value) -> builder.backoff(value.toArray(Duration[]::new)))
				.declaredWhen(ConsumerConfiguration::backoffWasSet),
			of("max-ack-pending", ConsumerConfiguration::getMaxAckPending,
					(builder, value) -> builder.maxAckPending(value.longValue()))
				.declaredWhen(ConsumerConfiguration::maxAckPendingWasSet),
			of("deliver-policy", ConsumerConfiguration::getDeliverPolicy, ConsumerConfiguration.Builder::deliverPolicy)
				.declaredWhen(ConsumerConfiguration::deliverPolicyWasSet)
				.fixed(),
			of("start-sequence", ConsumerConfiguration::getStartSequence,
					(builder, value) -> builder.startSequence(value.longValue()))
				.declaredWhen(ConsumerConfiguration::startSeqWasSet)
				.fixed(),
			of("start-time", ConsumerAttributes::startTime,
					(builder, value) -> builder.startTime(value.atZone(ZoneOffset.UTC)))
				.fixed(),
			of("replay-policy", ConsumerConfiguration::getReplayPolicy, ConsumerConfiguration.Builder::replayPolicy)
				.declaredWhen(ConsumerConfiguration::replayPolicyWasSet)
				.fixed(),
			of("inactive-threshold", positive(ConsumerConfiguration::getInactiveThreshold),
					ConsumerConfiguration.Builder::inactiveThreshold),
			of("max-pull-waiting", ConsumerConfiguration::getMaxPullWaiting,
					(builder, value) -> builder.maxPullWaiting(value.longValue()))
				.declaredWhen(ConsumerConfiguration::maxPullWaitingWasSet)
				.fixed(),
			of("max-batch", ConsumerConfiguration::getMaxBatch, (builder, value) -> builder.maxBatch(value.longValue()))
				.declaredWhen(ConsumerConfiguration::maxBatchWasSet),
			of("max-bytes", ConsumerConfiguration::getMaxBytes, (builder, value) -> builder.maxBytes(value.longValue()))
				.declaredWhen(ConsumerConfiguration::maxBytesWasSet)
				.writtenBy(Values::bytes),
			of("max-expires", positive(ConsumerConfiguration::getMaxExpires),
					ConsumerConfiguration.Builder::maxExpires),
			of("headers-only", ConsumerConfiguration::isHeadersOnly, ConsumerConfiguration.Builder::headersOnly)
				.declaredWhen(ConsumerConfiguration::headersOnlyWasSet),
			of("memory-storage", ConsumerConfiguration::isMemStorage, ConsumerConfiguration.Builder::memStorage)
				.declaredWhen(ConsumerConfiguration::memStorageWasSet),
			of("replicas", ConsumerConfiguration::getNumReplicas, ConsumerConfiguration.Builder::numReplicas)
				.declaredWhen(ConsumerConfiguration::numReplicasWasSet),
			of("rate-limit", ConsumerConfiguration::getRateLimit,
					(builder, value) -> builder.rateLimit(value.longValue()))
				.declaredWhen(ConsumerConfiguration::rateLimitWasSet),
			of("sample-frequency", ConsumerConfiguration::getSampleFrequency,
					ConsumerConfiguration.Builder::sampleFrequency),
			of("deliver-subject", ConsumerConfiguration::getDeliverSubject,
					ConsumerConfiguration.Builder::deliverSubject)
				.fixed(),
			of("deliver-group", ConsumerConfiguration::getDeliverGroup, ConsumerConfiguration.Builder::deliverGroup)
				.fixed(),
			of("idle-heartbeat", positive(ConsumerConfiguration::getIdleHeartbeat),
					ConsumerConfiguration.Builder::idleHeartbeat)
				.fixed(),
			of("metadata", ConsumerConfiguration::getMetadata, ConsumerConfiguration.Builder::metadata)
				.declaredWhen(ConsumerConfiguration::metadataWasSet)
				.mergedBy(StreamAttributes::mergeMetadata)
				.since("2.10.0"),
			of("priority-groups", ConsumerAttributes::priorityGroups, (builder, value) -> builder.priorityGroups(value))
				.since("2.11.0"),
			of("priority-policy", ConsumerConfiguration::getPriorityPolicy,
					ConsumerConfiguration.Builder::priorityPolicy)
				.declaredWhen(ConsumerConfiguration::priorityPolicyWasSet)
				.since("2.11.0"),
			of("priority-timeout", positive(ConsumerConfiguration::getPriorityTimeout),
					ConsumerConfiguration.Builder::priorityTimeout)
				.since("2.11.0"),
			of("pause-until", ConsumerAttributes::pauseUntil,
					(builder, value) -> builder.pauseUntil(value.atZone(ZoneOffset.UTC)))
				.since("2.11.0"));

	private ConsumerAttributes() {
	}

	private static <V> Attribute<ConsumerConfiguration, ConsumerConfiguration.Builder, V> of(String name,
			Function<ConsumerConfiguration, @Nullable V> value, BiConsumer<ConsumerConfiguration.Builder, V> setter) {
		return new Attribute<>(name, value, setter);
	}

	private static Function<ConsumerConfiguration, @Nullable Duration> positive(
			Function<ConsumerConfiguration, @Nullable Duration> value) {
		return (configuration) -> {
			Duration duration = value.apply(configuration);
			return (duration != null && !duration.isZero() && !duration.isNegative()) ? duration : null;
		};
	}

	private static List<String> filters(ConsumerConfiguration configuration) {
		List<String> filters = configuration.getFilterSubjects();
		return (filters != null) ? filters : List.of();
	}

	private static @Nullable List<String> priorityGroups(ConsumerConfiguration configuration) {
		List<String> groups = configuration.getPriorityGroups();
		return (groups != null && !groups.isEmpty()) ? groups : null;
	}

	private static @Nullable Instant startTime(ConsumerConfiguration configuration) {
		return (configuration.getStartTime() != null) ? configuration.getStartTime().toInstant() : null;
	}

	private static @Nullable Instant pauseUntil(ConsumerConfiguration configuration) {
		return (configuration.getPauseUntil() != null) ? configuration.getPauseUntil().toInstant() : null;
	}

}
