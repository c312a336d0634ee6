package dev.natsboot.listener;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What a container has let go of: nothing is handed to it any more, but handlers may
 * still run.
 */
final class Ending {

	private final @Nullable Intake intake;

	private final Runnable afterwards;

	/**
	 * Create an ending after which there is nothing to do.
	 * @param intake to be closed, {@code null} when there was none
	 */
	Ending(@Nullable Intake intake) {
		this(intake, () -> {
		});
	}

	/**
	 * Create an ending.
	 * @param intake to be closed, {@code null} when there was none
	 * @param afterwards to be done when it is closed, perhaps more than once
	 */
	Ending(@Nullable Intake intake, Runnable afterwards) {
		this.intake = intake;
		this.afterwards = afterwards;
	}

	void await(Duration timeout, Thread caller) {
		if (this.intake != null) {
			this.intake.close(timeout, caller);
		}
		this.afterwards.run();
	}

	boolean isHandledBy(Thread thread) {
		return this.intake != null && this.intake.isHandledBy(thread);
	}

	boolean isOver() {
		return this.intake == null || this.intake.isOver();
	}

}
