package dev.natsboot.faults;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * A fault to be injected.
 *
 * @param kind what is to go wrong
 * @param hold how long it lasts, as far as that can be chosen
 * @param choice a number from which the victim is chosen
 */
record FaultPlan(FaultKind kind, Duration hold, int choice) {

	private static final int SHORTEST = 300;

	private static final int LONGEST = 2800;

	static FaultPlan next(FaultKind kind, RandomGenerator random) {
		return new FaultPlan(kind, Duration.ofMillis(random.nextInt(SHORTEST, LONGEST)), random.nextInt(1000));
	}

	/**
	 * Choose a number.
	 * @param bound the number of possibilities
	 * @return a number from 0, below the bound
	 */
	int choose(int bound) {
		return this.choice % bound;
	}

}
