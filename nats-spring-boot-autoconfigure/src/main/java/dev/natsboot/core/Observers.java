package dev.natsboot.core;

import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Tells those who observe or count how something ended. Whatever they throw, the caller
 * still has to learn it too.
 */
final class Observers {

	private static final Log logger = LogFactory.getLog(Observers.class);

	private Observers() {
	}

	static void tell(Consumer<@Nullable Throwable> observer, @Nullable Throwable failure) {
		try {
			observer.accept(failure);
		}
		catch (Throwable ex) {
			logger.error("What observes or counts messages failed", ex);
		}
	}

}
