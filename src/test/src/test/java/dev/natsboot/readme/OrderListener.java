package dev.natsboot.readme;

import dev.natsboot.annotation.NatsListener;

import org.springframework.stereotype.Component;

@Component
class OrderListener {

	private final Notifications notifications;

	OrderListener(Notifications notifications) {
		this.notifications = notifications;
	}

	@NatsListener(subjects = "orders.created.v1", stream = "ORDERS", consumer = "notifier")
	void orderCreated(OrderCreated order) {
		this.notifications.send(order.customerId(), "We have your order " + order.orderId());
	}

}
