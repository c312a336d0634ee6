package dev.natsboot.faults;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.natsboot.faults.processor.Order;
import io.nats.client.JetStreamApiException;
import org.jspecify.annotations.Nullable;

/**
 * Publishes orders at a steady rate, each again and again until the server has confirmed
 * that it is stored, and writes down which are.
 */
final class Producer implements AutoCloseable {

	private static final int MOST_IN_FLIGHT = 300;

	private static final Duration RETRY = Duration.ofMillis(50);

	/** The server's codes for a full stream and a full store. */
	private static final Set<Integer> REFUSALS = Set.of(10077, 10023);

	private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

	private final Queue<Message> unconfirmed = new ConcurrentLinkedQueue<>();

	private final AtomicInteger inFlight = new AtomicInteger();

	private final Sender sender;

	private final Orders orders;

	private final Map<String, Long> published;

	private volatile boolean finishing;

	/**
	 * Create a producer.
	 * @param sender publishes
	 * @param orders makes up the orders
	 * @param published when each order was confirmed, to be filled
	 */
	Producer(Sender sender, Orders orders, Map<String, Long> published) {
		this.sender = sender;
		this.orders = orders;
		this.published = published;
	}

	void start(int perSecond) {
		this.timer.scheduleAtFixedRate(this::publish, 0, TimeUnit.SECONDS.toNanos(1) / perSecond, TimeUnit.NANOSECONDS);
	}

	private void publish() {
		Message message = (this.inFlight.get() < MOST_IN_FLIGHT) ? next() : null;
		if (message == null) {
			return;
		}
		this.inFlight.incrementAndGet();
		try {
			this.sender.send(message.order(), message.id()).whenComplete((ack, failure) -> completed(message, failure));
		}
		catch (RuntimeException ex) {
			completed(message, ex);
		}
	}

	private @Nullable Message next() {
		Message again = this.unconfirmed.poll();
		return (again != null || this.finishing) ? again : Message.of(this.orders.next());
	}

	private void completed(Message message, @Nullable Throwable failure) {
		if (failure == null) {
			this.published.put(message.order().id(), System.currentTimeMillis());
			this.inFlight.decrementAndGet();
		}
		else {
			this.timer.schedule(() -> {
				this.unconfirmed.add(isRefusal(failure) ? message.anew() : message);
				this.inFlight.decrementAndGet();
			}, RETRY.toMillis(), TimeUnit.MILLISECONDS);
		}
	}

	/**
	 * Publish no more new orders, and wait for the confirmations of all others.
	 * @param timeout how long to wait
	 * @return how many are not confirmed
	 */
	int finish(Duration timeout) throws InterruptedException {
		this.finishing = true;
		long start = System.nanoTime();
		while (open() > 0 && System.nanoTime() - start < timeout.toNanos()) {
			Pause.of(Duration.ofMillis(20));
		}
		return open();
	}

	private int open() {
		return this.unconfirmed.size() + this.inFlight.get();
	}

	@Override
	public void close() {
		this.timer.shutdownNow();
		this.sender.close();
	}

	/**
	 * What a full stream in a cluster has refused, nats-server 2.10 calls a duplicate
	 * when it comes again with the same id, and doesn't store it. After any other failure
	 * the message may be stored, and has to keep its id.
	 */
	private static boolean isRefusal(Throwable failure) {
		return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
			.anyMatch((cause) -> cause instanceof JetStreamApiException refused
					&& REFUSALS.contains(refused.getApiErrorCode()));
	}

	/**
	 * An order to be published.
	 *
	 * @param order the order
	 * @param id the message's id
	 * @param attempt the number of times it was refused
	 */
	private record Message(Order order, String id, int attempt) {

		static Message of(Order order) {
			return new Message(order, order.id(), 0);
		}

		Message anew() {
			return new Message(this.order, this.order.id() + "." + (this.attempt + 1), this.attempt + 1);
		}

	}

}
