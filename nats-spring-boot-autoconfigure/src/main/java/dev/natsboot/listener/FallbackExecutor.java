package dev.natsboot.listener;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Runs a task on the calling thread where the executor has none for it: what settles a
 * message must not be dropped, as nothing would settle it later.
 */
final class FallbackExecutor implements Executor {

	private static final Log logger = LogFactory.getLog(FallbackExecutor.class);

	private final Executor executor;

	FallbackExecutor(Executor executor) {
		this.executor = executor;
	}

	@Override
	public void execute(Runnable task) {
		try {
			this.executor.execute(task);
		}
		catch (RejectedExecutionException | Error ex) {
			logger.debug("No thread for the settling of a message, it is settled by the caller", ex);
			task.run();
		}
	}

}
