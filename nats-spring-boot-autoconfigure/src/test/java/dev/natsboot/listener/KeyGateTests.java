package dev.natsboot.listener;

import java.util.ArrayList;
import java.util.List;

import io.nats.client.Message;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

class KeyGateTests {

	private static final Message MESSAGE = mock(Message.class);

	private static final Settlement SETTLEMENT = mock(Settlement.class);

	private final List<Delivery> passed = new ArrayList<>();

	private final List<Delivery> givenBack = new ArrayList<>();

	private final KeyGate gate = new KeyGate(this.passed::add, this::giveBack);

	private void giveBack(Delivery delivery) {
		this.givenBack.add(delivery);
		this.gate.leave(delivery);
	}

	@Test
	void oneOfEachKeyIsThroughAtATime() {
		Delivery first = enter("a");
		Delivery second = enter("a");
		Delivery other = enter("b");
		assertThat(this.passed).containsExactly(first, other);
		assertThat(this.gate.waiting()).isEqualTo(1);
		this.gate.leave(first);
		assertThat(this.passed).containsExactly(first, other, second);
		assertThat(this.gate.waiting()).isZero();
	}

	@Test
	void whatHasNoKeyNeverWaits() {
		enter(null);
		enter(null);
		assertThat(this.passed).hasSize(2);
	}

	@Test
	void onceClosedItGivesBackWhatWaitsWhenTheOneBeforeItHasLeft() {
		Delivery first = enter("a");
		Delivery second = enter("a");
		this.gate.close();
		Delivery late = enter("a");
		assertThat(this.givenBack).isEmpty();
		this.gate.leave(first);
		assertThat(this.passed).containsExactly(first);
		assertThat(this.givenBack).containsExactly(second, late);
		assertThat(this.gate.waiting()).isZero();
	}

	@Test
	void manyAreGivenBackWithoutTakingTheStack() {
		Delivery first = enter("a");
		for (int i = 0; i < 100_000; i++) {
			enter("a");
		}
		this.gate.close();
		this.gate.leave(first);
		assertThat(this.givenBack).hasSize(100_000);
	}

	private Delivery enter(String key) {
		Delivery delivery = new Delivery(MESSAGE, SETTLEMENT, 0);
		delivery.setKey(key);
		this.gate.enter(delivery);
		return delivery;
	}

}
