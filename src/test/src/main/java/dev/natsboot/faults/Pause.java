package dev.natsboot.faults;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Waits.
 */
final class Pause {

	private Pause() {
	}

	static void of(Duration time) throws InterruptedException {
		TimeUnit.NANOSECONDS.sleep(time.toNanos());
	}

}
