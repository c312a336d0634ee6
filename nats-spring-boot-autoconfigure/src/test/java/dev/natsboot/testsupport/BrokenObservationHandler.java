package dev.natsboot.testsupport;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import org.jspecify.annotations.Nullable;

/**
 * Fails at one point of each observation.
 */
public final class BrokenObservationHandler implements ObservationHandler<Observation.Context> {

	/** What its failures say. */
	public static final String TEXT = "broken observation, expected by the test";

	private volatile @Nullable Phase failing;

	/**
	 * Choose where to fail from now on.
	 * @param phase the point, or {@code null} not to fail
	 */
	public void failAt(@Nullable Phase phase) {
		this.failing = phase;
	}

	@Override
	public void onStart(Observation.Context context) {
		at(Phase.START);
	}

	@Override
	public void onScopeOpened(Observation.Context context) {
		at(Phase.SCOPE_OPENED);
	}

	@Override
	public void onScopeClosed(Observation.Context context) {
		at(Phase.SCOPE_CLOSED);
	}

	@Override
	public void onError(Observation.Context context) {
		at(Phase.ERROR);
	}

	@Override
	public void onStop(Observation.Context context) {
		at(Phase.STOP);
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return true;
	}

	private void at(Phase phase) {
		if (this.failing == phase) {
			throw new IllegalStateException(TEXT);
		}
	}

	/**
	 * A point of an observation.
	 */
	public enum Phase {

		/** It starts. */
		START,

		/** It becomes the current one. */
		SCOPE_OPENED,

		/** It is the current one no longer. */
		SCOPE_CLOSED,

		/** A failure is recorded. */
		ERROR,

		/** It ends. */
		STOP

	}

}
