package dev.natsboot.connection;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.nats.client.Connection;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.AnnotationAwareOrderComparator;

/**
 * Tells listeners about connections, one listener at a time. Each remembers which
 * connection it was told of, so that nobody is told twice or misses a replacement,
 * whichever thread comes first.
 */
class ListenerDispatch {

	private static final Log logger = LogFactory.getLog(NatsConnectionManager.class);

	/**
	 * How long a caller waits for other listeners' callbacks before it leaves the
	 * delivery to the manager's thread. A callback that waits for the caller itself would
	 * otherwise never end.
	 */
	private static final long PATIENCE_SECONDS = 10;

	private final List<Registration> registrations = new CopyOnWriteArrayList<>();

	private final ReentrantLock registering = new ReentrantLock();

	private final ReentrantLock delivering = new ReentrantLock();

	private final Executor thread;

	private final Supplier<@Nullable Adoption> current;

	ListenerDispatch(Executor thread, Supplier<@Nullable Adoption> current) {
		this.thread = thread;
		this.current = current;
	}

	void add(ConnectionLifecycleListener listener) {
		if (register(listener)) {
			attachNow();
		}
	}

	private boolean register(ConnectionLifecycleListener listener) {
		this.registering.lock();
		try {
			if (this.registrations.stream().anyMatch((registration) -> registration.listener == listener)) {
				return false;
			}
			int index = (int) this.registrations.stream()
				.filter((registration) -> AnnotationAwareOrderComparator.INSTANCE.compare(registration.listener,
						listener) <= 0)
				.count();
			this.registrations.add(index, new Registration(listener));
			return true;
		}
		finally {
			this.registering.unlock();
		}
	}

	void remove(ConnectionLifecycleListener listener) {
		this.registering.lock();
		try {
			this.registrations.removeIf((registration) -> registration.removeIf(listener));
		}
		finally {
			this.registering.unlock();
		}
	}

	/**
	 * Tell those that weren't told yet of the connection, on the caller's thread.
	 */
	void attachNow() {
		Adoption adoption = this.current.get();
		if (adoption == null || !adoption.isUp()) {
			return;
		}
		if (!lockPatiently()) {
			attachSoon();
			return;
		}
		try {
			this.registrations.forEach(this::attach);
		}
		finally {
			this.delivering.unlock();
		}
	}

	private boolean lockPatiently() {
		try {
			return this.delivering.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	void attachSoon() {
		later(this::attach);
	}

	void resubscribed(Adoption adoption) {
		later((registration) -> {
			if (registration.attached == adoption) {
				call(registration, (listener) -> listener.onResubscribed(adoption.connection()));
			}
			else {
				attach(registration);
			}
		});
	}

	void disconnected(Adoption adoption) {
		later((registration) -> {
			if (registration.attached == adoption) {
				call(registration, (listener) -> listener.onDisconnected(adoption.connection()));
			}
		});
	}

	void closed(Adoption adoption) {
		adoption.closedForGood();
		later((registration) -> {
			if (registration.attached == adoption) {
				detach(registration);
			}
		});
	}

	private void later(Consumer<Registration> action) {
		this.thread.execute(() -> {
			this.delivering.lock();
			try {
				this.registrations.forEach(action);
			}
			finally {
				this.delivering.unlock();
			}
		});
	}

	private void attach(Registration registration) {
		Adoption adoption = this.current.get();
		if (adoption != null && adoption != registration.attached && adoption.isUp()) {
			detach(registration);
			registration.attached = adoption;
			Connection connection = adoption.connection();
			call(registration, (listener) -> listener.onConnected(connection));
		}
	}

	/**
	 * The replacement may be quicker than the news of the end.
	 */
	private void detach(Registration registration) {
		Adoption adoption = registration.attached;
		registration.attached = null;
		if (adoption != null && adoption.isClosedForGood()) {
			call(registration, (listener) -> listener.onClosed(adoption.connection()));
		}
	}

	private void call(Registration registration, Consumer<ConnectionLifecycleListener> callback) {
		if (registration.removed) {
			return;
		}
		try {
			callback.accept(registration.listener);
		}
		catch (Exception | LinkageError | AssertionError ex) {
			logger.error("Connection listener " + registration.listener + " failed", ex);
		}
	}

	/**
	 * A listener and the connection that it was told of; {@code attached} is guarded by
	 * the delivery lock.
	 */
	private static final class Registration {

		private final ConnectionLifecycleListener listener;

		private volatile boolean removed;

		private @Nullable Adoption attached;

		Registration(ConnectionLifecycleListener listener) {
			this.listener = listener;
		}

		boolean removeIf(ConnectionLifecycleListener listener) {
			if (this.listener == listener) {
				this.removed = true;
			}
			return this.removed;
		}

	}

}
