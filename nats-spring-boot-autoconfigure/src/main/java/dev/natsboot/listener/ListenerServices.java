package dev.natsboot.listener;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.core.JetStreamOperations;
import dev.natsboot.core.NatsOperations;
import dev.natsboot.observation.ListenerMetrics;
import dev.natsboot.observation.NatsMetrics;
import dev.natsboot.observation.NatsObservations;
import dev.natsboot.service.ErrorReplies;
import io.nats.client.JetStreamOptions;

/**
 * What a container needs besides its endpoint.
 *
 * @param connections the connection to follow
 * @param executor runs handlers
 * @param timer runs short tasks later
 * @param core publishes replies
 * @param jetStream stores results
 * @param errorReplies answers what failed
 * @param natsMetrics what is counted
 * @param observations what is traced
 * @param metrics what is counted for this listener
 * @param binder makes or binds consumers
 * @param jetStreamOptions the domain or prefix of the JetStream API
 * @param probeInterval how long between two questions for a consumer's figures
 * @param shutdownTimeout how long a stop waits for running handlers
 */
record ListenerServices(NatsConnectionManager connections, Executor executor, ScheduledExecutorService timer,
		NatsOperations core, JetStreamOperations jetStream, ErrorReplies errorReplies, NatsMetrics natsMetrics,
		NatsObservations observations, ListenerMetrics metrics, ConsumerBinder binder,
		JetStreamOptions jetStreamOptions, Duration probeInterval, Duration shutdownTimeout) {

	private static final Duration BUSY = Duration.ofMillis(100);

	/**
	 * Run a task now, or as soon as there is a thread for it. For what is found out only
	 * once.
	 */
	void execute(Runnable task) {
		try {
			this.executor.execute(task);
		}
		catch (RejectedExecutionException | Error ex) {
			this.timer.schedule(() -> execute(task), BUSY.toMillis(), TimeUnit.MILLISECONDS);
		}
	}

}
