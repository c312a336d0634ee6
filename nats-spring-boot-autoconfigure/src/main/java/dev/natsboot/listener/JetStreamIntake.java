package dev.natsboot.listener;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;

import dev.natsboot.core.Durations;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * One run of a JetStream container over one connection: takes messages from its source,
 * hands them to workers, and asks for as many as they can take. Once closed it is never
 * opened again.
 */
final class JetStreamIntake implements Intake {

	private static final Log logger = LogFactory.getLog(JetStreamIntake.class);

	private static final int MOST_WAITING = 10_000;

	private static final Duration GIVING_BACK = Duration.ofMillis(500);

	private static final Duration STILL_RUNNING = Duration.ofSeconds(1);

	private final Connection connection;

	private final NatsListenerEndpoint endpoint;

	private final IntakeListener owner;

	private final MessageSource source;

	private final Position position;

	private final Workers workers;

	private final ServerAnswers answers;

	private final JetStreamSettlement settlement;

	private final Arrivals arrivals;

	private final InFlight inFlight;

	private final KeepAlive keepAlive;

	private final ReadAhead readAhead;

	private final Demand demand;

	private final ConsumerInfo consumer;

	private final @Nullable OneAck oneAck;

	private final ScheduledExecutorService timer;

	private volatile @Nullable ScheduledFuture<?> ticks;

	private volatile boolean abandoned;

	JetStreamIntake(Connection connection, NatsListenerEndpoint endpoint, ConsumerInfo consumer,
			ListenerServices services, Answered answered, Position position, @Nullable AckFloor floor,
			IntakeListener owner) throws IOException {
		this.connection = connection;
		this.endpoint = endpoint;
		this.owner = owner;
		this.position = position;
		this.consumer = consumer;
		this.timer = services.timer();
		this.oneAck = (floor != null)
				? new OneAck(connection, services.jetStreamOptions(), floor, endpoint.ackSyncTimeout()) : null;
		ConsumerConfiguration configuration = consumer.getConsumerConfiguration();
		Duration ackWait = (configuration.getAckWait() != null) ? configuration.getAckWait() : Duration.ofSeconds(30);
		this.readAhead = new ReadAhead(endpoint.concurrency(), IntakePlan.unit(endpoint),
				IntakePlan.most(endpoint, configuration), ackWait);
		int maxDeliver = IntakePlan.maxDeliver(endpoint, configuration);
		this.answers = new ServerAnswers(endpoint, counted(configuration, answered), new ServerBackOff(configuration),
				this.oneAck);
		this.settlement = new JetStreamSettlement(endpoint, maxDeliver, services.metrics(),
				new DeadLetterPublisher(connection, services, endpoint.deadLetterSubject()), this.answers,
				new Events());
		this.workers = IntakePlan.workers(endpoint, services, this.settlement, this.readAhead::measured);
		this.arrivals = new Arrivals(endpoint, services, maxDeliver, this.settlement, this.workers);
		this.inFlight = this.arrivals.inFlight();
		this.source = MessageSource.of(connection, endpoint, services.jetStreamOptions().getPrefix(), consumer,
				this::received, this::status);
		this.keepAlive = new KeepAlive(endpoint.id(), this.inFlight, floor, ackWait, this::isConnected,
				this.answers::inProgress);
		this.demand = new Demand(this.source, this.readAhead, this::busy);
	}

	/**
	 * Where the server stops delivering, it counts what was given back too: after its
	 * last delivery there is none.
	 */
	private static Answered counted(ConsumerConfiguration configuration, Answered answered) {
		return (configuration.getMaxDeliver() > 0) ? new Answered() : answered;
	}

	/**
	 * How many keep workers busy. What waits for another of its key is no reason to ask
	 * for fewer of other keys, as long as it isn't too much to be kept.
	 */
	private int busy() {
		return this.inFlight.busy() - Math.min(this.arrivals.waiting(), MOST_WAITING);
	}

	void open() {
		this.source.open();
		try {
			attach(this.consumer);
		}
		catch (RuntimeException | Error ex) {
			this.source.close();
			throw ex;
		}
		refill();
		long interval = this.keepAlive.interval().toMillis();
		this.ticks = this.timer.scheduleWithFixedDelay(this::tick, interval, interval, TimeUnit.MILLISECONDS);
	}

	private void attach(ConsumerInfo info) {
		if (this.oneAck != null) {
			this.oneAck.attach(info);
			this.answers.flush();
		}
	}

	/**
	 * What nobody may take isn't asked for.
	 */
	private void refill() {
		if (this.oneAck == null || this.oneAck.floor().isAttached()) {
			this.demand.refill();
		}
	}

	/**
	 * The server has forgotten what was asked for: ask again.
	 */
	void pullAgain() {
		this.source.reset();
		refill();
	}

	/**
	 * The same, and the consumer may have delivered what didn't come.
	 */
	void attachAgain(ConsumerInfo info) {
		this.source.reset();
		attach(info);
		refill();
	}

	/**
	 * Whether the messages of the consumer come here.
	 */
	boolean serves(ConsumerInfo consumer) {
		return this.source.serves(consumer);
	}

	/**
	 * The subscription may be lost: make it anew at the next {@link #pullAgain()}.
	 */
	void suspect() {
		this.source.suspect();
	}

	/**
	 * The consumer was made anew under another name: what has come stays.
	 */
	void moveTo(ConsumerInfo consumer) {
		this.source.moveTo(consumer);
		refill();
	}

	/**
	 * Called at the tick interval: keep alive what takes long, start workers that got no
	 * thread, and ask again when the server has gone silent. Handlers may run longer than
	 * a stop or a pause waits for them, and keep their messages until they end. What is
	 * thrown would end the ticks for good.
	 */
	private void tick() {
		if (isOver()) {
			endTicks();
			return;
		}
		try {
			this.workers.wake();
			this.keepAlive.tick();
			if (this.source.isSilent(this.keepAlive.interval()) && this.arrivals.isAccepting()) {
				this.owner.silent();
			}
		}
		catch (RuntimeException | Error ex) {
			logger.error("Listener '" + this.endpoint.id() + "' could not be looked after, trying again", ex);
		}
	}

	private void endTicks() {
		ScheduledFuture<?> ticking = this.ticks;
		if (ticking != null) {
			ticking.cancel(false);
		}
	}

	/**
	 * Take nothing more, give back what no handler has begun, wait for the running ones,
	 * and make sure that their acknowledgements have left.
	 */
	@Override
	public void close(Duration timeout, Thread caller) {
		this.arrivals.end();
		if (this.arrivals.canGiveBack()) {
			this.workers.end();
		}
		this.demand.end();
		long deadline = System.nanoTime() + timeout.toNanos();
		try {
			if (!this.abandoned) {
				drain(timeout);
				this.arrivals.giveBack();
			}
			int own = handledBy(caller);
			IntSupplier waited = () -> own + this.arrivals.waiting();
			if (!this.inFlight.await(waited, Duration.ofNanos(deadline - System.nanoTime()))) {
				logger.warn("Listener '" + this.endpoint.id() + "': " + this.inFlight.count()
						+ " messages were still being handled after " + Durations.text(timeout)
						+ " ('nats.listener.shutdown-timeout'); the server will deliver those again whose handlers "
						+ "have not ended when the connection is closed");
				this.inFlight.abandon();
				this.inFlight.await(waited, GIVING_BACK);
			}
			flush(Duration.ofNanos(Math.max(TimeUnit.SECONDS.toNanos(1), deadline - System.nanoTime())));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (TimeoutException | IllegalStateException ex) {
			logger.warn("Listener '" + this.endpoint.id() + "' could not stop in an orderly way", ex);
		}
		finally {
			release();
		}
	}

	/**
	 * Another run of the container goes on where an abandoned one stood.
	 */
	private void release() {
		if (!this.abandoned) {
			this.position.release(this.inFlight::contains);
		}
	}

	@Override
	public boolean isHandledBy(Thread thread) {
		return handledBy(thread) > 0;
	}

	private int handledBy(Thread thread) {
		return this.workers.handledBy(thread) + this.inFlight.settledBy(thread);
	}

	@Override
	public boolean isOver() {
		return this.arrivals.isOver();
	}

	/**
	 * Even who waits for no handler waits for the server, for a moment. What comes after
	 * that is given back when it comes.
	 */
	private void drain(Duration timeout) {
		long nanos = Math.max(TimeUnit.SECONDS.toNanos(1), timeout.toNanos());
		try {
			this.source.drain(Duration.ofNanos(nanos)).get(nanos, TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException | IllegalStateException ex) {
			logger.warn("Listener '" + this.endpoint.id() + "' could not end its subscription in time", ex);
		}
	}

	/**
	 * The connection is gone, or the consumer: forget what waits, it will be delivered
	 * again. Only handlers still run.
	 */
	void abandon() {
		this.abandoned = true;
		endTicks();
		this.arrivals.end();
		this.demand.end();
		this.source.close();
		this.arrivals.giveBack();
	}

	private void flush(Duration timeout) throws InterruptedException, TimeoutException {
		if (isConnected()) {
			this.connection.flush(timeout);
		}
	}

	private boolean isConnected() {
		return this.connection.getStatus() == Connection.Status.CONNECTED;
	}

	private void received(Message message) {
		this.readAhead.received(message.getData().length);
		if (this.source.hasMore()) {
			this.workers.hold();
			take(message);
		}
		else {
			take(message);
			this.workers.release();
			acknowledgeAgain();
		}
	}

	/**
	 * Where the server waits for the acknowledgement before it delivers anything new, no
	 * batch would bring it another one.
	 */
	private void acknowledgeAgain() {
		if (this.oneAck != null && this.oneAck.floor().isLost()) {
			this.answers.flush();
		}
	}

	private void take(Message message) {
		Delivery delivery = new Delivery(message, this.settlement, this.keepAlive.current());
		if (isTaken(delivery) && isBegun(delivery)) {
			this.arrivals.take(delivery);
		}
		refill();
	}

	private boolean isTaken(Delivery delivery) {
		if (this.oneAck == null) {
			return true;
		}
		AckFloor.Arrival arrival = this.oneAck.floor().add(delivery);
		if (arrival == AckFloor.Arrival.TOO_EARLY || arrival == AckFloor.Arrival.OUT_OF_SEQUENCE) {
			this.answers.remember(delivery);
		}
		if (arrival == AckFloor.Arrival.OUT_OF_SEQUENCE) {
			this.owner.unavailable("Somebody else has got messages of this consumer, or they were lost on the way; "
					+ "with ackMode 'all' only one instance of the application may run");
		}
		return arrival == AckFloor.Arrival.NEW;
	}

	/**
	 * What is refused while its handler runs is no attempt.
	 */
	private boolean isBegun(Delivery delivery) {
		Position.Arrival arrival = this.position.begin(delivery);
		if (arrival == Position.Arrival.HANDLED) {
			this.answers.acknowledgeAgain(delivery);
		}
		else if (arrival == Position.Arrival.RUNNING) {
			this.answers.postpone(delivery, STILL_RUNNING);
		}
		return arrival == Position.Arrival.NEW;
	}

	private void status(SourceStatus status) {
		this.workers.release();
		if (status.kind() == SourceStatus.Kind.FINISHED) {
			refill();
		}
		else if (status.kind() == SourceStatus.Kind.HEARTBEAT) {
			nothingMore();
		}
		else if (status.kind() == SourceStatus.Kind.UNAVAILABLE && this.arrivals.isAccepting()) {
			this.owner.unavailable(status.text());
		}
	}

	/**
	 * What hasn't come although it was called back is no reason any longer to hold
	 * anything back.
	 */
	private void nothingMore() {
		if (this.oneAck != null && this.oneAck.floor().leaveMissing()) {
			this.answers.flush();
		}
	}

	private final class Events implements DeliveryEvents {

		@Override
		public void completed(Delivery delivery) {
			JetStreamIntake.this.inFlight.remove(delivery);
			JetStreamIntake.this.position.end(delivery);
			JetStreamIntake.this.arrivals.leave(delivery);
			refill();
		}

		@Override
		public void unsettled(Delivery delivery, int turn) {
			JetStreamIntake.this.inFlight.unsettled(delivery, turn);
			refill();
		}

		@Override
		public boolean again(Delivery delivery, Duration delay) {
			return JetStreamIntake.this.arrivals.again(delivery, delay);
		}

		@Override
		public boolean hasNewer(Delivery delivery) {
			return JetStreamIntake.this.inFlight.hasNewer(delivery);
		}

	}

}
