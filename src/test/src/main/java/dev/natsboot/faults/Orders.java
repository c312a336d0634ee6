package dev.natsboot.faults;

import java.util.Random;

import dev.natsboot.faults.processor.Behaviour;
import dev.natsboot.faults.processor.Order;

/**
 * Makes up orders: most are plain, some are slow, some fail for a while or for good.
 */
final class Orders {

	private static final int LONGER_THAN_ACK_WAIT = 5000;

	private final String name;

	private final Random random;

	private int number;

	Orders(String name, long seed) {
		this.name = name;
		this.random = new Random(seed);
	}

	Order next() {
		int draw = this.random.nextInt(1000);
		if (draw < 30) {
			return order(Behaviour.SLOW, this.random.nextInt(200, 800));
		}
		if (draw < 31) {
			return order(Behaviour.LONG, LONGER_THAN_ACK_WAIT);
		}
		if (draw < 71) {
			return order(Behaviour.TRANSIENT, this.random.nextInt(1, 4));
		}
		if (draw < 86) {
			return order(Behaviour.REJECTED, 0);
		}
		if (draw < 90) {
			return order(Behaviour.FAILING, 0);
		}
		return order(Behaviour.PLAIN, 0);
	}

	private Order order(Behaviour behaviour, int amount) {
		return new Order(behaviour + "-" + this.name + "-" + this.number++, behaviour, amount);
	}

}
