package dev.natsboot.connection;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

import io.nats.client.Consumer;
import io.nats.client.Dispatcher;
import io.nats.client.Subscription;

/**
 * What dispatchers receive, which the client doesn't tell. A dispatcher is forgotten when
 * nobody uses it any more.
 */
final class DispatcherSubjects {

	private final Map<Consumer, String> subjects = Collections.synchronizedMap(new WeakHashMap<>());

	void add(Dispatcher dispatcher, Collection<String> subjects) {
		this.subjects.put(dispatcher, String.join(", ", subjects));
	}

	String of(Consumer consumer) {
		return (consumer instanceof Subscription subscription) ? subscription.getSubject()
				: this.subjects.getOrDefault(consumer, NatsSlowConsumerEvent.DISPATCHER);
	}

}
