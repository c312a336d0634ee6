package dev.natsboot.service;

import dev.natsboot.observation.ListenerMetrics;
import dev.natsboot.observation.ListenerMetrics.Outcome;
import dev.natsboot.observation.NatsObservations;
import dev.natsboot.observation.ObservedEndpoint;
import io.micrometer.observation.Observation;
import io.nats.client.Message;
import org.jspecify.annotations.Nullable;

/**
 * What all requests of one endpoint share.
 *
 * @param endpoint what they are sent to
 * @param replies sends the answers
 * @param errors answers failures
 * @param counters the figures that the service shows to NATS clients
 * @param metrics the application's meters
 * @param observations starts observations
 * @param observed the endpoint as observations show it
 */
record RequestContext(RequestEndpoint endpoint, Replies replies, ErrorReplies errors, EndpointCounters counters,
		ListenerMetrics metrics, NatsObservations observations, ObservedEndpoint observed) {

	Observation observe(Message request) {
		return this.observations.process(this.observed, request);
	}

	void count(long durationNanos, @Nullable ServiceError error) {
		this.counters.record(Math.max(0, durationNanos), error);
		this.metrics.consumed((error != null) ? Outcome.FAILURE : Outcome.SUCCESS, durationNanos);
	}

}
