package dev.natsboot.listener;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Asks a source for as many messages as the workers can take.
 */
final class Demand {

	private static final Log logger = LogFactory.getLog(Demand.class);

	private final MessageSource source;

	private final ReadAhead readAhead;

	private final IntSupplier taken;

	private final ReentrantLock refilling = new ReentrantLock();

	private volatile boolean ended;

	/**
	 * Create a demand.
	 * @param taken how many messages wait for a worker, or are with one
	 */
	Demand(MessageSource source, ReadAhead readAhead, IntSupplier taken) {
		this.source = source;
		this.readAhead = readAhead;
		this.taken = taken;
	}

	/**
	 * Ask for nothing more.
	 */
	void end() {
		this.ended = true;
	}

	/**
	 * Ask for more. Whoever finds somebody else asking leaves it to them: they look again
	 * when they are done.
	 */
	void refill() {
		while (missing() > 0 && this.refilling.tryLock()) {
			try {
				request(missing());
			}
			catch (IllegalStateException ex) {
				logger.debug("Messages can't be asked for now", ex);
				return;
			}
			finally {
				this.refilling.unlock();
			}
		}
	}

	private void request(int count) {
		if (count > 0) {
			this.source.request(count);
		}
	}

	/**
	 * How many messages to ask for. The more were asked for, the more must be missing:
	 * the server lets a limited number of requests wait.
	 */
	private int missing() {
		if (this.ended || !this.source.isOnDemand()) {
			return 0;
		}
		int outstanding = this.source.outstanding();
		int missing = this.readAhead.missing(this.taken.getAsInt() + outstanding);
		return (missing >= outstanding / 4) ? missing : 0;
	}

}
