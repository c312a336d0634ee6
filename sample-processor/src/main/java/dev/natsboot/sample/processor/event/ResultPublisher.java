package dev.natsboot.sample.processor.event;

import java.util.List;

/**
 * Announces what became of orders.
 */
@FunctionalInterface
public interface ResultPublisher {

	/**
	 * Announce results, and return when everybody can learn about them.
	 * @param results the results
	 */
	void publish(List<? extends OrderResult> results);

}
