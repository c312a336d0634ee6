package dev.natsboot.service;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import io.nats.client.Message;
import io.nats.client.MessageHandler;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Collects what the instances answer to one query, once per instance.
 *
 * @param <T> what an instance answers
 */
final class Answers<T> implements MessageHandler {

	private static final Log logger = LogFactory.getLog(Answers.class);

	private static final int NO_RESPONDERS = 503;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final Map<String, T> byInstance = new LinkedHashMap<>();

	private final Function<byte[], T> reader;

	private final Function<T, ServiceInstance> instance;

	private final int quorum;

	private boolean nobody;

	Answers(Function<byte[], T> reader, Function<T, ServiceInstance> instance, int quorum) {
		this.reader = reader;
		this.instance = instance;
		this.quorum = quorum;
	}

	@Override
	public void onMessage(Message message) {
		this.lock.lock();
		try {
			if (message.isStatusMessage()) {
				this.nobody |= message.getStatus().getCode() == NO_RESPONDERS;
			}
			else {
				T answer = this.reader.apply(message.getData());
				this.byInstance.putIfAbsent(this.instance.apply(answer).id(), answer);
			}
			this.changed.signalAll();
		}
		catch (IllegalArgumentException ex) {
			logger.debug("Ignoring an answer that is no service message", ex);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Wait for answers.
	 * @param timeout how long
	 * @return whether the quorum was reached, or the server said that there is nobody
	 * @throws InterruptedException when the thread is interrupted
	 */
	boolean await(Duration timeout) throws InterruptedException {
		this.lock.lock();
		try {
			long remaining = timeout.toNanos();
			while (!isComplete() && remaining > 0) {
				remaining = this.changed.awaitNanos(remaining);
			}
			return isComplete();
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean isComplete() {
		return this.nobody || (this.quorum > 0 && this.byInstance.size() >= this.quorum);
	}

	List<T> list() {
		this.lock.lock();
		try {
			return List.copyOf(this.byInstance.values());
		}
		finally {
			this.lock.unlock();
		}
	}

}
