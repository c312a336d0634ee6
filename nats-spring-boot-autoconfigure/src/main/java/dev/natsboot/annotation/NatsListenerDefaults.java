package dev.natsboot.annotation;

import java.time.Duration;
import java.util.List;

import dev.natsboot.listener.AckMode;
import dev.natsboot.listener.ListenerErrorHandler;
import dev.natsboot.listener.RetryDelays;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link NatsListener} means where its attributes are empty.
 *
 * @param concurrency how many messages are handled at the same time
 * @param ackMode who acknowledges
 * @param ackWait how long the server waits for an acknowledgement, or {@code null} for
 * what the consumer has
 * @param ackSyncTimeout how long an acknowledgement waits for the server's confirmation,
 * zero for not at all
 * @param maxDeliver how often a message is tried, -1 for no limit
 * @param backoff the delays before the second, third … delivery
 * @param deadLetterSubject where messages go that failed for good, or {@code null} for
 * nowhere
 * @param maxAckPending how many messages may be unacknowledged, or {@code null} for what
 * the consumer has
 * @param batchSize how many messages a batch has at most
 * @param batchLinger how long a batch waits for more messages
 * @param autoStartup whether listeners start with the application
 * @param errorHandler decides what becomes of a message whose handling failed
 */
public record NatsListenerDefaults(int concurrency, AckMode ackMode, @Nullable Duration ackWait,
		Duration ackSyncTimeout, int maxDeliver, RetryDelays backoff, @Nullable String deadLetterSubject,
		@Nullable Long maxAckPending, int batchSize, Duration batchLinger, boolean autoStartup,
		ListenerErrorHandler errorHandler) {
}
