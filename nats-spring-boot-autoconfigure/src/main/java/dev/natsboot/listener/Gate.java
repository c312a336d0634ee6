package dev.natsboot.listener;

import java.util.List;

/**
 * Holds deliveries back until others are through.
 */
interface Gate {

	/**
	 * Let the delivery pass, now or later.
	 */
	void enter(Delivery delivery);

	/**
	 * The delivery that was let pass is completed.
	 */
	void leave(Delivery delivery);

	/**
	 * Give up what waits.
	 */
	List<Delivery> drain();

}
