package dev.natsboot.casestudy;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What the databases, the streams and the ledger say at the end.
 *
 * @param answered the orders that HTTP clients were told to be accepted
 * @param acceptedOrders the accepted orders in the order service's database
 * @param orderStates the state of the payment by order, in the order service's database,
 * {@code null} if it doesn't follow the orders
 * @param payments the state of the payment by order, in the processor's database
 * @param approvedCharges the number of approved charges by order, in the gateway's ledger
 * @param orderEvents the stream of orders
 * @param paymentEvents the stream of payments, or what answers told about them
 * @param deadLetters the stream of dead letters
 */
record Evidence(Collection<String> answered, Set<String> acceptedOrders, @Nullable Map<String, String> orderStates,
		Map<String, String> payments, Map<String, Integer> approvedCharges, List<StreamEvent> orderEvents,
		List<StreamEvent> paymentEvents, List<StreamEvent> deadLetters) {

	static Evidence collect(Variant variant, Collection<String> answered, Databases databases, Streams streams,
			List<StreamEvent> payments) throws InterruptedException {
		return new Evidence(answered, databases.acceptedOrders(), variant.isFollowed() ? databases.orderStates() : null,
				databases.payments(), databases.approvedCharges(), streams.read(Streams.ORDERS), payments,
				streams.read(Streams.DEAD_LETTERS));
	}

}
