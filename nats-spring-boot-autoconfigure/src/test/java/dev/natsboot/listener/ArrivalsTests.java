package dev.natsboot.listener;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

import io.nats.client.Message;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.spy;

/**
 * What comes to the workers while the listener ends.
 */
class ArrivalsTests {

	private final ScheduledExecutorService timer = mock(ScheduledExecutorService.class);

	private final JetStreamSettlement settlement = mock(JetStreamSettlement.class);

	private final Workers workers = spy(new Workers(1, (task) -> {
	}, (workers) -> {
	}));

	private final Delivery delivery = new Delivery(mock(Message.class), this.settlement, 0);

	private Arrivals arrivals;

	@BeforeEach
	void create() {
		ListenerServices services = mock(ListenerServices.class);
		given(services.timer()).willReturn(this.timer);
		this.arrivals = new Arrivals(mock(NatsListenerEndpoint.class), services, -1, this.settlement, this.workers);
	}

	@Test
	void whatIsOfferedAfterTheEndIsGivenBack() {
		willAnswer((offer) -> {
			this.arrivals.giveBack();
			return offer.callRealMethod();
		}).given(this.workers).offer(this.delivery);
		this.arrivals.take(this.delivery);
		then(this.settlement).should().giveBack(this.delivery);
	}

	@Test
	void whatIsOfferedJustBeforeTheEndIsGivenBackOnce() {
		willAnswer((offer) -> {
			offer.callRealMethod();
			this.arrivals.giveBack();
			return null;
		}).given(this.workers).offer(this.delivery);
		this.arrivals.take(this.delivery);
		then(this.settlement).should().giveBack(this.delivery);
	}

	@Test
	void aRetryWhoseTimeComesDuringTheEndIsGivenBack() {
		this.arrivals.take(this.delivery);
		this.workers.poll();
		this.arrivals.again(this.delivery, Duration.ofSeconds(1));
		ArgumentCaptor<Runnable> retry = ArgumentCaptor.forClass(Runnable.class);
		then(this.timer).should().schedule(retry.capture(), anyLong(), any());
		willAnswer((offer) -> {
			this.arrivals.giveBack();
			return offer.callRealMethod();
		}).given(this.workers).offer(this.delivery);
		retry.getValue().run();
		then(this.settlement).should().giveBack(this.delivery);
	}

}
