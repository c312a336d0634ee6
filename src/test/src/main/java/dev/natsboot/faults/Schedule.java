package dev.natsboot.faults;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

import dev.natsboot.faults.FaultKind.Side;

/**
 * A random sequence of faults, the same for the same seed. Every kind comes once before
 * any comes again; the first time alone, later often together with another.
 */
final class Schedule {

	private static final double TOGETHER = 0.5;

	private final Random random;

	private final List<FaultKind> kinds;

	private final Deque<FaultKind> waiting = new ArrayDeque<>();

	private int passes;

	Schedule(long seed, List<FaultKind> kinds) {
		this.random = new Random(seed);
		this.kinds = kinds;
	}

	/**
	 * Return what happens next.
	 * @return one fault, or two that can happen at the same time
	 */
	List<FaultPlan> next() {
		FaultKind first = take();
		if (this.passes == 1 || this.random.nextDouble() >= TOGETHER) {
			return List.of(FaultPlan.next(first, this.random));
		}
		Side other = (first.side() == Side.SERVER) ? Side.PROCESSOR : Side.SERVER;
		List<FaultKind> partners = this.kinds.stream().filter((kind) -> kind.side() == other).toList();
		FaultKind second = partners.get(this.random.nextInt(partners.size()));
		return List.of(FaultPlan.next(first, this.random), FaultPlan.next(second, this.random));
	}

	/**
	 * Return how long everything is left alone before the next fault.
	 * @return a time
	 */
	Duration pause() {
		return Duration.ofMillis(this.random.nextInt(200, 1500));
	}

	private FaultKind take() {
		if (this.waiting.isEmpty()) {
			List<FaultKind> all = new ArrayList<>(this.kinds);
			Collections.shuffle(all, this.random);
			this.waiting.addAll(all);
			this.passes++;
		}
		return this.waiting.remove();
	}

}
