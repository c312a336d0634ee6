package dev.natsboot.autoconfigure;

import java.time.Duration;

import dev.natsboot.listener.DeadLetterContent;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Refuses what no listener can have, before it is taken for an attribute of one.
 */
final class NatsListenerPropertiesValidator {

	private static final String PREFIX = "nats.listener.";

	private NatsListenerPropertiesValidator() {
	}

	static void validate(NatsListenerProperties properties) {
		validateNumbers(properties);
		validateTimes(properties);
		validateBackoff(properties);
		validateDeadLetterSubject(properties.getDeadLetterSubject());
	}

	private static void validateNumbers(NatsListenerProperties properties) {
		int maxDeliver = properties.getMaxDeliver();
		Long maxAckPending = properties.getMaxAckPending();
		require(properties.getConcurrency() > 0, "concurrency", properties.getConcurrency(), "it must be 1 or more",
				"4");
		require(maxDeliver > 0 || maxDeliver == -1, "max-deliver", maxDeliver,
				"it must be 1 or more, or -1 for no limit", "5");
		require(maxAckPending == null || maxAckPending > 0 || maxAckPending == -1, "max-ack-pending", maxAckPending,
				"it must be 1 or more, or -1 for no limit", "1000");
		require(properties.getBatch().getSize() > 0, "batch.size", properties.getBatch().getSize(),
				"it must be 1 or more", "500");
	}

	private static void validateTimes(NatsListenerProperties properties) {
		requirePositive("ack-wait", properties.getAckWait(), "30s");
		requireNotNegative("ack-sync-timeout", properties.getAckSyncTimeout(), "2s");
		requireNotNegative("batch.linger", properties.getBatch().getLinger(), "10ms");
	}

	private static void validateBackoff(NatsListenerProperties properties) {
		double multiplier = properties.getBackoffMultiplier();
		double jitter = properties.getBackoffJitter();
		require(!properties.getBackoff().isEmpty(), "backoff", "", "at least one delay is needed", "1s,5s,10s");
		properties.getBackoff().forEach((delay) -> requireNotNegative("backoff", delay, "1s,5s,10s"));
		require(multiplier >= 1 && Double.isFinite(multiplier), "backoff-multiplier", multiplier,
				"it must be 1 or more", "2");
		requirePositive("backoff-max", properties.getBackoffMax(), "1m");
		require(jitter >= 0 && jitter <= 1, "backoff-jitter", jitter, "it must be from 0 to 1", "0.2");
	}

	private static void validateDeadLetterSubject(@Nullable String value) {
		try {
			DeadLetterContent.requireTemplate(StringUtils.hasText(value) ? value : null);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidNatsPropertyException(PREFIX + "dead-letter-subject", value,
					String.valueOf(ex.getMessage()), PREFIX + "dead-letter-subject=orders.dlq");
		}
	}

	private static void requirePositive(String name, @Nullable Duration value, String example) {
		require(value == null || !(value.isZero() || value.isNegative()), name, value, "it must be longer than zero",
				example);
	}

	private static void requireNotNegative(String name, Duration value, String example) {
		require(!value.isNegative(), name, value, "it must not be negative", example);
	}

	private static void require(boolean possible, String name, @Nullable Object value, String reason, String example) {
		if (!possible) {
			throw new InvalidNatsPropertyException(PREFIX + name, value, reason, PREFIX + name + "=" + example);
		}
	}

}
