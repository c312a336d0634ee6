package dev.natsboot.listener;

import java.util.ArrayList;
import java.util.List;

import io.nats.client.Message;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

class InFlightTests {

	private final InFlight inFlight = new InFlight();

	private final Message message = mock(Message.class);

	private final Settlement settlement = mock(Settlement.class);

	@Test
	void countsWhatIsNotSettled() {
		Delivery one = add(0);
		add(0);
		assertThat(this.inFlight.count()).isEqualTo(2);
		this.inFlight.remove(one);
		this.inFlight.remove(one);
		assertThat(this.inFlight.count()).isEqualTo(1);
	}

	@Test
	void findsWhatIsOldAndOpen() {
		Delivery first = add(0);
		Delivery settled = add(0);
		Delivery decided = add(0);
		Delivery last = add(1);
		add(2);
		this.inFlight.remove(settled);
		decided.decide();
		List<Delivery> old = new ArrayList<>();
		this.inFlight.forEachOlderThan(2, old::add);
		assertThat(old).containsExactlyInAnyOrder(first, last);
	}

	@Test
	void callsWhatIsToBeDoneWhenNobodyWaitsForResults() {
		List<String> abandoned = new ArrayList<>();
		add(0).onAbandon(() -> abandoned.add("open"));
		Delivery settled = add(0);
		settled.onAbandon(() -> abandoned.add("settled"));
		this.inFlight.remove(settled);
		this.inFlight.abandon();
		assertThat(abandoned).containsExactly("open");
	}

	private Delivery add(int tick) {
		Delivery delivery = new Delivery(this.message, this.settlement, tick);
		this.inFlight.add(delivery);
		return delivery;
	}

}
