package dev.natsboot.service;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Waits for something that is to be over either way.
 */
final class Waits {

	private static final Log logger = LogFactory.getLog(Waits.class);

	private Waits() {
	}

	static void await(Future<?> future, long deadlineNanos) {
		try {
			future.get(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (TimeoutException ex) {
			logger.debug("Not over in time", ex);
		}
		catch (ExecutionException ex) {
			logger.warn("Subscription could not be drained", ex.getCause());
		}
	}

}
