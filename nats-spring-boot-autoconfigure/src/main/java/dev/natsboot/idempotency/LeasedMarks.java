package dev.natsboot.idempotency;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import dev.natsboot.core.Durations;
import dev.natsboot.idempotency.MarkStorage.Stored;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Claims that last for a time and are renewed while their handler runs, so that those of
 * an application that was killed can be taken over.
 */
final class LeasedMarks implements KeyOperations<Lease>, AutoCloseable {

	private static final Log logger = LogFactory.getLog(LeasedMarks.class);

	private static final int CONFIRM_ATTEMPTS = 3;

	private final String owner = UUID.randomUUID().toString();

	private final Map<String, Lease> leases = new ConcurrentHashMap<>();

	private final MarkStorage storage;

	private final Duration duration;

	private final Clock clock;

	private final PeriodicTask renewals;

	LeasedMarks(MarkStorage storage, Duration duration, Clock clock) {
		Assert.isTrue(!duration.isNegative() && !duration.isZero(), () -> "'nats.listener.idempotency.lease' is "
				+ Durations.text(duration) + ", but must be longer than 0, for example 30s");
		this.storage = storage;
		this.duration = duration;
		this.clock = clock;
		this.renewals = new PeriodicTask("nats-idempotency-lease", duration.dividedBy(3), this::renew);
	}

	@Override
	public KeyAttempt<Lease> claim(String key) {
		this.renewals.ensureStarted();
		Lease lease = new Lease(key);
		if (this.leases.putIfAbsent(key, lease) != null) {
			return KeyAttempt.tryAgain();
		}
		boolean granted = false;
		try {
			KeyAttempt<Lease> attempt = attempt(lease);
			granted = attempt.held() != null;
			return attempt;
		}
		finally {
			if (!granted) {
				this.leases.remove(key);
			}
		}
	}

	private KeyAttempt<Lease> attempt(Lease lease) {
		Stored created = this.storage.create(lease.key(), claimed());
		if (created != null) {
			return granted(lease, created);
		}
		Stored found = this.storage.get(lease.key());
		if (found == null) {
			return KeyAttempt.tryAgain();
		}
		Mark mark = Mark.parse(found.text());
		if (mark.isHandled()) {
			return KeyAttempt.duplicate();
		}
		Duration left = mark.left(this.clock.instant());
		if (isHeld(mark, left)) {
			return KeyAttempt.busy(left);
		}
		Stored taken = this.storage.replace(lease.key(), found, claimed());
		return (taken != null) ? granted(lease, taken) : KeyAttempt.tryAgain();
	}

	/**
	 * A claim of this application of which it knows nothing was stored although storing
	 * it seemed to fail.
	 */
	private boolean isHeld(Mark mark, Duration left) {
		return left.compareTo(Duration.ZERO) > 0 && !mark.owner().equals(this.owner);
	}

	private static KeyAttempt<Lease> granted(Lease lease, Stored stored) {
		lease.begin(stored);
		return KeyAttempt.granted(lease);
	}

	private String claimed() {
		return new Mark(this.owner, this.clock.instant().plus(this.duration)).text();
	}

	private void renew() {
		this.leases.values().forEach((lease) -> lease.renew((stored) -> renewed(lease.key(), stored)));
	}

	private @Nullable Stored renewed(String key, @Nullable Stored stored) {
		Assert.state(stored != null, "No claim");
		Instant now = this.clock.instant();
		if (Mark.parse(stored.text()).left(now).compareTo(this.duration.multipliedBy(2).dividedBy(3)) > 0) {
			return stored;
		}
		try {
			Stored renewed = this.storage.replace(key, stored, claimed());
			return (renewed != null) ? renewed : own(key);
		}
		catch (RuntimeException ex) {
			logger.warn("The claim on '" + key + "' could not be renewed, trying again: " + ex);
			return stored;
		}
	}

	/**
	 * What is stored isn't what was known: by a renewal whose answer was lost, perhaps.
	 */
	private @Nullable Stored own(String key) {
		Stored found = this.storage.get(key);
		if (found != null && Mark.parse(found.text()).owner().equals(this.owner)) {
			return found;
		}
		logger.warn("The claim on '" + key + "' expired while its message was being handled, and somebody else has "
				+ "taken it: set 'nats.listener.idempotency.lease' to more than " + Durations.text(this.duration));
		return null;
	}

	/**
	 * The message was handled, whoever has the claim now.
	 */
	@Override
	public void confirm(Lease lease) {
		lease.end();
		try {
			RuntimeException failure = null;
			for (int i = 0; i < CONFIRM_ATTEMPTS; i++) {
				failure = put(lease.key());
				if (failure == null) {
					return;
				}
			}
			logger.error("The message of '" + lease.key() + "' was handled, but that could not be stored: when it "
					+ "comes again after " + Durations.text(this.duration) + ", it is handled again", failure);
		}
		finally {
			this.leases.remove(lease.key());
		}
	}

	private @Nullable RuntimeException put(String key) {
		try {
			this.storage.put(key, Mark.handled(this.clock.instant()).text());
			return null;
		}
		catch (RuntimeException ex) {
			return ex;
		}
	}

	@Override
	public void release(Lease lease) {
		Stored last = lease.end();
		try {
			if (last != null && !Mark.parse(last.text()).left(this.clock.instant()).isNegative()) {
				this.storage.remove(lease.key(), last);
			}
		}
		catch (RuntimeException ex) {
			logger.warn("The claim on '" + lease.key() + "' could not be removed, it ends by itself within "
					+ this.duration + ": " + ex);
		}
		finally {
			this.leases.remove(lease.key());
		}
	}

	@Override
	public void close() {
		this.renewals.close();
	}

}
