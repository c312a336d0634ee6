package dev.natsboot.service;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What one instance of a NATS service has done since it started.
 *
 * @param instance who answered
 * @param started when it started, or {@code null} when it doesn't say so
 * @param endpoints the figures of each endpoint
 */
public record ServiceStats(ServiceInstance instance, @Nullable Instant started, List<Endpoint> endpoints) {

	/**
	 * Copy the endpoints.
	 * @param instance who answered
	 * @param started when it started, or {@code null}
	 * @param endpoints the figures of each endpoint
	 */
	public ServiceStats {
		endpoints = List.copyOf(endpoints);
	}

	/**
	 * What one endpoint has done.
	 *
	 * @param name the name within the service
	 * @param subject the subject that the instances share
	 * @param queue the queue group, or {@code null}
	 * @param requests how many requests were answered, failures included
	 * @param errors how many of them were answered with an error
	 * @param processingTime the time that all requests took together, from the start of
	 * the handler to the reply
	 * @param lastError code and text of the last error, or {@code null} when there was
	 * none
	 */
	public record Endpoint(String name, String subject, @Nullable String queue, long requests, long errors,
			Duration processingTime, @Nullable String lastError) {

		/**
		 * The time that a request took on average.
		 * @return the average, zero before the first request
		 */
		public Duration averageProcessingTime() {
			return (this.requests > 0) ? this.processingTime.dividedBy(this.requests) : Duration.ZERO;
		}

	}

}
