package dev.natsboot.faults.processor;

import java.nio.charset.StandardCharsets;

import dev.natsboot.idempotency.IdempotencyStore;
import dev.natsboot.listener.DefaultListenerErrorHandler;
import dev.natsboot.listener.FailureAction;
import dev.natsboot.listener.ListenerErrorHandler;
import dev.natsboot.listener.ListenerFailure;
import dev.natsboot.listener.MessageFilter;
import dev.natsboot.observation.NatsMetrics;
import io.nats.client.Message;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The steps on a message's way, outside the handler, at which an order can ask for a
 * crash.
 */
@Configuration(proxyBeanMethods = false)
class CrashPoints {

	@Bean
	Crashes crashes(Ledger ledger) {
		return new Crashes(ledger);
	}

	@Bean
	MessageFilter beforeHandling(Crashes crashes) {
		return (message) -> {
			if (asksFor(message, Behaviour.CRASH_BEFORE)) {
				crashes.once(Order.id(message.getSubject()));
			}
			return true;
		};
	}

	@Bean
	ListenerErrorHandler errorHandler(Crashes crashes) {
		ListenerErrorHandler decisions = new DefaultListenerErrorHandler(OrderRejectedException.class::isInstance);
		return (failure) -> {
			FailureAction action = decisions.handle(failure);
			beforeDeadLetter(failure, crashes);
			return action;
		};
	}

	private static void beforeDeadLetter(ListenerFailure failure, Crashes crashes) {
		if (asksFor(failure.message(), Behaviour.CRASH_BEFORE_DEAD_LETTER)) {
			crashes.once(Order.id(failure.message().getSubject()));
		}
	}

	/**
	 * A dead letter is counted when the server has confirmed it, and before the original
	 * is settled.
	 */
	@Bean
	NatsMetrics natsMetrics(Crashes crashes) {
		return (subject, failed) -> {
			if (subject.contains(Behaviour.CRASH_AFTER_DEAD_LETTER.name())) {
				crashes.once(Order.id(subject));
			}
		};
	}

	@Bean
	static BeanPostProcessor aroundMarks(ObjectProvider<Ledger> ledger, ObjectProvider<Crashes> crashes) {
		return new BeanPostProcessor() {

			@Override
			public Object postProcessAfterInitialization(Object bean, String beanName) {
				return (bean instanceof IdempotencyStore store)
						? new CrashingStore(store, ledger.getObject(), crashes.getObject()) : bean;
			}

		};
	}

	private static boolean asksFor(Message message, Behaviour behaviour) {
		return new String(message.getData(), StandardCharsets.UTF_8).contains('"' + behaviour.name() + '"');
	}

}
