package dev.natsboot.sample.order.support;

import dev.natsboot.core.JetStreamOperations;
import io.nats.client.impl.Headers;

/**
 * Dead letters as a listener publishes them.
 */
public final class DeadLetterFixture {

	private DeadLetterFixture() {
	}

	/**
	 * Publish the dead letter of an order that the payments gave up.
	 * @param jetStream publishes it
	 * @param subject the subject of the message
	 * @param stream the stream of the message
	 * @param orderId the order, and the end of the message's id
	 * @return the id of the dead letter
	 */
	public static String publish(JetStreamOperations jetStream, String subject, String stream, String orderId) {
		Headers headers = new Headers().put("Dead-Letter-Subject", subject)
			.put("Dead-Letter-Stream", stream)
			.put("Dead-Letter-Listener", "payment")
			.put("Dead-Letter-Message-Id", "m-" + orderId)
			.put("Dead-Letter-Deliveries", "5")
			.put("Dead-Letter-Exception", "org.example.Payments$GatewayException")
			.put("Dead-Letter-Text", "no answer");
		String body = "{\"orderId\":\"" + orderId + "\"}";
		return "ORDERS_DLQ:" + jetStream.publish("orders.dlq", body, headers).getSeqno();
	}

}
