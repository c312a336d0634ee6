package dev.natsboot.faults;

import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.natsboot.faults.processor.Order;
import org.jspecify.annotations.Nullable;

/**
 * Publishes orders at a steady rate, each again and again until the server has confirmed
 * that it is stored, and writes down which are.
 */
final class Producer implements AutoCloseable {

	private static final int MOST_IN_FLIGHT = 300;

	private static final Duration RETRY = Duration.ofMillis(50);

	private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

	private final Queue<Order> unconfirmed = new ConcurrentLinkedQueue<>();

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
		Order order = (this.inFlight.get() < MOST_IN_FLIGHT) ? next() : null;
		if (order == null) {
			return;
		}
		this.inFlight.incrementAndGet();
		try {
			this.sender.send(order).whenComplete((ack, failure) -> completed(order, failure));
		}
		catch (RuntimeException ex) {
			completed(order, ex);
		}
	}

	private @Nullable Order next() {
		Order again = this.unconfirmed.poll();
		return (again != null || this.finishing) ? again : this.orders.next();
	}

	private void completed(Order order, @Nullable Throwable failure) {
		if (failure == null) {
			this.published.put(order.id(), System.currentTimeMillis());
			this.inFlight.decrementAndGet();
		}
		else {
			this.timer.schedule(() -> {
				this.unconfirmed.add(order);
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

}
