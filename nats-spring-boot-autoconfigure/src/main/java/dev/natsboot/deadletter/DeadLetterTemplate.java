package dev.natsboot.deadletter;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.core.NatsSubjects;
import dev.natsboot.observation.NatsMetrics;
import io.nats.client.JetStreamOptions;
import io.nats.client.api.StreamState;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Works on the dead-letter streams of one connection. Safe for use by several threads.
 */
public class DeadLetterTemplate implements DeadLetterOperations {

	private static final int LARGEST_PAGE = 1000;

	private static final long MOST_COUNTED = 10_000;

	private final NatsConnectionManager connections;

	private final JetStreamOptions options;

	private final DeadLetterStreams streams;

	private NatsMetrics metrics = NatsMetrics.NONE;

	private int redriveRate = 100;

	private LongSupplier clock = System::nanoTime;

	private Pace.Sleeper sleeper = TimeUnit.NANOSECONDS::sleep;

	/**
	 * Create a template.
	 * @param connections whose connection to use
	 * @param options the domain or prefix of the JetStream API and the time to wait for
	 * each answer of the server
	 * @param streams names of streams that have nothing but dead letters; empty for those
	 * that capture the subjects
	 * @param subjects dead-letter subjects, with wildcards; asked for at each call
	 */
	public DeadLetterTemplate(NatsConnectionManager connections, JetStreamOptions options, Collection<String> streams,
			Supplier<? extends Collection<String>> subjects) {
		this.connections = connections;
		this.options = options;
		this.streams = new DeadLetterStreams(options, List.copyOf(streams), subjects);
	}

	/**
	 * Where it is counted what was sent back and dropped. Nowhere unless set.
	 * @param metrics the meters
	 */
	public void setMetrics(NatsMetrics metrics) {
		this.metrics = metrics;
	}

	/**
	 * How many dead letters are sent back per second where the caller doesn't say. 100
	 * unless set.
	 * @param redriveRate how many, 0 for no limit
	 */
	public void setRedriveRate(int redriveRate) {
		this.redriveRate = requireRate(redriveRate);
	}

	void setTime(LongSupplier clock, Pace.Sleeper sleeper) {
		this.clock = clock;
		this.sleeper = sleeper;
	}

	@Override
	public List<String> streams() {
		return List.copyOf(store().streams());
	}

	@Override
	public DeadLetterPage list(DeadLetterFilter filter, @Nullable DeadLetterId from, int limit) {
		Assert.isTrue(limit > 0 && limit <= LARGEST_PAGE,
				() -> "'limit' must be 1 to " + LARGEST_PAGE + ", but is " + limit);
		DeadLetterStore store = store();
		List<DeadLetter> page = new ArrayList<>();
		for (String stream : store.streams()) {
			int order = (from != null) ? stream.compareTo(from.stream()) : 1;
			if (order >= 0 && page.size() <= limit) {
				long first = (from != null && order == 0) ? from.sequence() : 1;
				store.visit(stream, first, state(store, stream).getLastSequence(), (letter) -> {
					boolean further = !filter.matches(letter) || page.add(letter);
					return further && page.size() <= limit;
				});
			}
		}
		DeadLetterId next = (page.size() > limit) ? page.remove(limit).id() : null;
		return new DeadLetterPage(page, next);
	}

	@Override
	public Optional<DeadLetter> find(DeadLetterId id) {
		return store().find(id);
	}

	@Override
	public DeadLetterSummary summarize() {
		DeadLetterStore store = store();
		Map<String, Long> byStream = new TreeMap<>();
		Map<String, Long> byListener = new TreeMap<>();
		boolean complete = true;
		for (String stream : store.streams()) {
			StreamState state = state(store, stream);
			complete &= store.visitFirst(MOST_COUNTED, stream, state.getLastSequence(),
					(letter) -> byListener.merge((letter.listener() != null) ? letter.listener() : "?", 1L, Long::sum));
			byStream.put(stream, state.getMsgCount());
		}
		return new DeadLetterSummary(byStream, byListener, complete);
	}

	@Override
	public Redrive redrive(DeadLetterId id) {
		DeadLetterStore store = store();
		DeadLetter letter = store.require(id);
		store.requireDeletable(id.stream());
		return counted(store.redrive(letter));
	}

	@Override
	public Redrive redrive(DeadLetterId id, String subject) {
		NatsSubjects.requirePublishable(subject);
		DeadLetterStore store = store();
		DeadLetter letter = store.require(id);
		store.requireDeletable(id.stream());
		return counted(store.redrive(letter, subject));
	}

	private Redrive counted(Redrive redrive) {
		this.metrics.redriven();
		return redrive;
	}

	@Override
	public DeadLetterReport redriveAll(DeadLetterFilter filter) {
		return redriveAll(filter, this.redriveRate);
	}

	@Override
	public DeadLetterReport redriveAll(DeadLetterFilter filter, int rate) {
		Pace pace = new Pace(requireRate(rate), this.clock, this.sleeper);
		DeadLetterStore store = store();
		return new DeadLetterRun((letter) -> {
			pace.await();
			Optional<DeadLetter> present = (rate > 0) ? store.find(letter.id()) : Optional.of(letter);
			present.ifPresent((found) -> counted(store.redrive(found)));
			return present.isPresent();
		}).over(store, filter);
	}

	@Override
	public boolean drop(DeadLetterId id) {
		DeadLetterStore store = store();
		return store.find(id).isPresent() && drop(store, id);
	}

	@Override
	public DeadLetterReport dropAll(DeadLetterFilter filter) {
		DeadLetterStore store = store();
		return new DeadLetterRun((letter) -> drop(store, letter.id())).over(store, filter);
	}

	private boolean drop(DeadLetterStore store, DeadLetterId id) {
		boolean dropped = store.delete(id);
		if (dropped) {
			this.metrics.dropped();
		}
		return dropped;
	}

	private DeadLetterStore store() {
		return new DeadLetterStore(this.connections.current(), this.options, this.streams);
	}

	private static StreamState state(DeadLetterStore store, String stream) {
		return store.info(stream).getStreamState();
	}

	private static int requireRate(int rate) {
		Assert.isTrue(rate >= 0, () -> "The rate of redriving is " + rate + ", but must be 1 or more dead letters per "
				+ "second, or 0 for no limit, for example nats.dead-letters.redrive-rate=100");
		return rate;
	}

}
