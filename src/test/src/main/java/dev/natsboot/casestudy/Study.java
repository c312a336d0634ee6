package dev.natsboot.casestudy;

import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import dev.natsboot.run.Console;
import me.tongfei.progressbar.ProgressBar;

/**
 * Sends orders to the running system, first to warm it up, and finds out what became of
 * them.
 */
final class Study {

	private static final double STEP_SECONDS = 20;

	private final HttpClient client;

	private final CaseStudyOptions options;

	private final RunningSystem system;

	private final Databases databases;

	private final Streams streams;

	private final OrderSender sender;

	private int sent;

	Study(HttpClient client, CaseStudyOptions options, RunningSystem system, Databases databases, Streams streams) {
		this.client = client;
		this.options = options;
		this.system = system;
		this.databases = databases;
		this.streams = streams;
		this.sender = new OrderSender(client, options.ports(), !options.variant().hasStreams());
	}

	Figures run() throws InterruptedException {
		Set<String> warmUp = warmUp();
		Duration length = this.options.outage();
		CompletableFuture<GatewayOutage.Recovery> outage = (length != null)
				? GatewayOutage.begin(this.client, this.options.ports(), length) : null;
		List<Load> loads = this.options.findHighest() ? findHighest()
				: List.of(load(this.options.orders(), this.options.rate()));
		GatewayOutage.Recovery recovery = (outage != null) ? GatewayOutage.await(outage) : null;
		Evidence evidence = Evidence.collect(this.options.variant(), this.sender.answers().accepted().keySet(),
				this.databases, this.streams, payments(1));
		return Figures.of(this.options.variant(), this.sent, warmUp, evidence, loads, this.system.databases().title(),
				recovery);
	}

	private Set<String> warmUp() throws InterruptedException {
		long seconds = this.options.warmUp().toSeconds();
		if (seconds == 0) {
			return Set.of();
		}
		int rate = (this.options.rate() + 1) / 2;
		Console.say("Warming up for %d s at %,d orders per second, which is not measured", seconds, rate);
		send("Warming up", Math.toIntExact(seconds * rate), rate);
		settle();
		return this.sender.answers().accepted().keySet();
	}

	private void send(String task, int orders, int rate) throws InterruptedException {
		try (ProgressBar bar = Progress.bar(task, orders)) {
			this.sender.send(orders, rate, bar::stepBy);
		}
		List<String> problems = this.sender.answers().problems();
		if (!problems.isEmpty()) {
			Console.say("%,d requests were not accepted, the first: %s", problems.size(), problems.get(0));
		}
	}

	private List<StreamEvent> payments(long first) throws InterruptedException {
		return this.options.variant().hasStreams() ? this.streams.read(Streams.PAYMENTS, first)
				: this.sender.answers().payments();
	}

	private void settle() throws InterruptedException {
		new Settlement(this.options.variant(), this.streams, this.databases, this.system).await();
	}

	/**
	 * Raise the rate by a tenth as long as it holds, for some seconds each; if the first
	 * doesn't hold, lower it.
	 */
	private List<Load> findHighest() throws InterruptedException {
		List<Load> loads = new ArrayList<>(List.of(load(this.options.orders(), this.options.rate())));
		boolean rising = loads.get(0).isHeld();
		Load last = loads.get(0);
		while (last.isHeld() == rising && last.rate() > 1) {
			int rate = rising ? (last.rate() * 11 + 9) / 10 : last.rate() * 9 / 10;
			last = load(Math.toIntExact((long) (Math.min(STEP_SECONDS, last.seconds()) * rate)), rate);
			loads.add(last);
		}
		return loads;
	}

	private Load load(int orders, int rate) throws InterruptedException {
		Console.say("Sending %,d orders at %,d per second", orders, rate);
		long first = this.streams.lastSequence(Streams.PAYMENTS) + 1;
		Usage before = this.system.usage();
		Set<String> earlier = this.sender.answers().accepted().keySet();
		send("Sending", orders, rate);
		this.sent += orders;
		long end = System.nanoTime();
		Map<String, Long> backlog = this.streams.backlog();
		settle();
		Duration caughtUp = Duration.ofNanos(System.nanoTime() - end);
		Map<String, Double> cpu = this.system.usage().microsPerOrder(before, orders);
		Map<String, Instant> due = this.sender.answers().accepted(earlier);
		Timing timing = Timing.of(due, payments(first));
		Load load = Load.of(rate, orders, timing, backlog, caughtUp.toMillis(), cpu);
		ReportTable.print(load, this.options.outage() == null);
		return load;
	}

}
