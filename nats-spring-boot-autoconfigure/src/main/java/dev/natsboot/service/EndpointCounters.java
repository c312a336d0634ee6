package dev.natsboot.service;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * The figures of one endpoint. Read together, so that errors never outnumber requests.
 */
final class EndpointCounters {

	private final ReentrantLock lock = new ReentrantLock();

	private long requests;

	private long errors;

	private long nanos;

	private @Nullable String lastError;

	void record(long durationNanos, @Nullable ServiceError error) {
		this.lock.lock();
		try {
			this.requests++;
			this.nanos += durationNanos;
			if (error != null) {
				this.errors++;
				this.lastError = error.toString();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	ServiceStats.Endpoint read(RequestEndpoint endpoint) {
		this.lock.lock();
		try {
			return new ServiceStats.Endpoint(endpoint.name(), endpoint.subject(), endpoint.queue(), this.requests,
					this.errors, Duration.ofNanos(this.nanos), this.lastError);
		}
		finally {
			this.lock.unlock();
		}
	}

}
