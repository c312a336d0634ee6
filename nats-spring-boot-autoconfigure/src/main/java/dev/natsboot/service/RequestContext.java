package dev.natsboot.service;

import dev.natsboot.observation.ListenerMetrics;
import dev.natsboot.observation.ListenerMetrics.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What all requests of one endpoint share.
 *
 * @param endpoint what they are sent to
 * @param replies sends the answers
 * @param errors turns failures into answers
 * @param counters the figures that the service shows to NATS clients
 * @param metrics the application's meters
 */
record RequestContext(RequestEndpoint endpoint, Replies replies, ServiceErrorResolver errors, EndpointCounters counters,
		ListenerMetrics metrics) {

	void count(long durationNanos, @Nullable ServiceError error) {
		this.counters.record(Math.max(0, durationNanos), error);
		this.metrics.consumed((error != null) ? Outcome.FAILURE : Outcome.SUCCESS, durationNanos);
	}

}
