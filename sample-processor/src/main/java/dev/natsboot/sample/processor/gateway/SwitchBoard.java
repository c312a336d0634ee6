package dev.natsboot.sample.processor.gateway;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.zip.CRC32;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/**
 * Applies the {@link Switches}.
 */
class SwitchBoard {

	private static final int BUCKETS = 10_000;

	private final AtomicReference<Switches> switches;

	private final AtomicLong failures = new AtomicLong();

	SwitchBoard(Switches switches) {
		this.switches = new AtomicReference<>(switches);
	}

	Switches get() {
		return this.switches.get();
	}

	Switches change(SwitchChanges changes) {
		return this.switches.updateAndGet(changes::applyTo);
	}

	/**
	 * What becomes of a charge, decided by the order alone so that runs can be compared.
	 * @param charge the charge
	 * @return the outcome
	 */
	ChargeAnswer.Outcome outcome(Charge charge) {
		CRC32 hash = new CRC32();
		hash.update(charge.orderId().getBytes(StandardCharsets.UTF_8));
		boolean declined = hash.getValue() % BUCKETS < get().declineRate() * BUCKETS;
		return declined ? ChargeAnswer.Outcome.DECLINED : ChargeAnswer.Outcome.APPROVED;
	}

	/**
	 * Run a call as the switches want it. Every other random failure happens after the
	 * call has done its work: the one that merchants get wrong.
	 * @param <T> type of the answer
	 * @param call the call
	 * @return its answer
	 */
	<T> T disturb(Supplier<T> call) {
		requireAvailable();
		LockSupport.parkNanos(get().latency() * 1_000_000L);
		boolean fails = ThreadLocalRandom.current().nextDouble() < get().failureRate();
		if (fails && this.failures.getAndIncrement() % 2 == 1) {
			throw new ErrorResponseException(HttpStatus.INTERNAL_SERVER_ERROR);
		}
		T answer = call.get();
		if (fails) {
			throw new ErrorResponseException(HttpStatus.INTERNAL_SERVER_ERROR);
		}
		return answer;
	}

	void requireAvailable() {
		if (get().outage()) {
			throw new ErrorResponseException(HttpStatus.SERVICE_UNAVAILABLE);
		}
		if (get().throttled()) {
			ErrorResponseException ex = new ErrorResponseException(HttpStatus.TOO_MANY_REQUESTS);
			ex.getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
			throw ex;
		}
	}

}
