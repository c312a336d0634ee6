package dev.natsboot.readme;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.springframework.stereotype.Component;

@Component
class Notifications {

	private final Queue<String> sent = new ConcurrentLinkedQueue<>();

	void send(String customerId, String text) {
		this.sent.add(customerId + ": " + text);
	}

	Queue<String> sent() {
		return this.sent;
	}

}
