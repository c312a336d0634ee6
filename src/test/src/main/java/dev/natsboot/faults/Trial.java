package dev.natsboot.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

import dev.natsboot.faults.processor.LedgerEntry;
import dev.natsboot.faults.processor.LedgerEntry.Event;
import dev.natsboot.run.Console;

/**
 * Injects faults into a site for some time, lets everything settle, and collects the
 * evidence.
 */
final class Trial {

	private static final Duration OFFSET = Duration.ofMillis(300);

	private static final Duration RECOVERY_TIMEOUT = Duration.ofSeconds(30);

	private static final Duration SETTLE_TIMEOUT = Duration.ofSeconds(90);

	private final Site site;

	private final Faults faults;

	private final Schedule schedule;

	private final List<Injection> injections = new ArrayList<>();

	Trial(Site site, Schedule schedule) {
		this.site = site;
		this.faults = new Faults(site);
		this.schedule = schedule;
	}

	Evidence run(Duration time) throws InterruptedException {
		long start = System.nanoTime();
		while (System.nanoTime() - start < time.toNanos()) {
			perform(this.schedule.next());
			Pause.of(this.schedule.pause());
		}
		settle();
		List<LedgerEntry> entries = this.site.processors()
			.stream()
			.flatMap((processor) -> processor.ledger().entries().stream())
			.toList();
		return new Evidence(this.site.published(), this.site.database().charges(), this.site.streams().deadLetters(),
				entries, this.site.streams().inFlight(), this.injections);
	}

	private void perform(List<FaultPlan> plans) throws InterruptedException {
		List<Fault> injected = new ArrayList<>();
		List<Long> starts = new ArrayList<>();
		long inFlight = this.site.streams().inFlight();
		Marks marks = new Marks(this.site.processors());
		for (FaultPlan plan : plans) {
			Fault fault = this.faults.fault(plan);
			starts.add(System.currentTimeMillis());
			fault.inject();
			injected.add(fault);
			Pause.of(OFFSET);
		}
		Pause.of(plans.get(0).hold());
		long removed = 0;
		for (Fault fault : injected) {
			removed = Math.max(removed, fault.remove());
		}
		List<Long> recoveries = recoveries(injected, sign(plans), removed, marks);
		for (Fault fault : injected) {
			fault.repair();
		}
		for (int index = 0; index < plans.size(); index++) {
			this.injections.add(new Injection(plans.get(index).kind(), starts.get(index), plans.size() > 1, inFlight,
					(plans.size() == 1) ? recoveries : List.of()));
		}
		say(plans, recoveries);
	}

	/**
	 * Without a database handlers are called, and fail.
	 */
	private static Event sign(List<FaultPlan> plans) {
		return plans.stream().anyMatch((plan) -> plan.kind() == FaultKind.DATABASE_STOPPED) ? Event.CHARGED
				: Event.BEGUN;
	}

	private List<Long> recoveries(List<Fault> injected, Event recovered, long removed, Marks marks)
			throws InterruptedException {
		List<Long> recoveries = new ArrayList<>();
		for (Processor processor : injected.stream()
			.flatMap((fault) -> fault.affected().stream())
			.distinct()
			.toList()) {
			OptionalLong handled = marks.await(processor, recovered, removed, RECOVERY_TIMEOUT);
			if (handled.isEmpty()) {
				Console.say("The %s has handled nothing for %d s", processor.name(), RECOVERY_TIMEOUT.toSeconds());
			}
			recoveries.add(handled.orElse(removed + RECOVERY_TIMEOUT.toMillis()) - removed);
		}
		return recoveries;
	}

	private static void say(List<FaultPlan> plans, List<Long> recoveries) {
		Console.detail(plans.stream().map((plan) -> plan.kind().text()).collect(Collectors.joining(" + "))
				+ recoveries.stream().map(String::valueOf).collect(Collectors.joining(", ", ": ", " ms")));
	}

	private void settle() throws InterruptedException {
		for (Producer producer : this.site.producers()) {
			int unconfirmed = producer.finish(SETTLE_TIMEOUT);
			if (unconfirmed > 0) {
				Console.say("%d orders were never confirmed; they don't count", unconfirmed);
			}
		}
		long start = System.nanoTime();
		while (this.site.streams().inFlight() > 0 && System.nanoTime() - start < SETTLE_TIMEOUT.toNanos()) {
			Pause.of(Duration.ofMillis(100));
		}
		this.site.processors().forEach(Processor::stop);
	}

}
