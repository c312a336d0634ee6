package dev.natsboot.annotation;

import java.lang.reflect.Method;
import java.util.Locale;

import dev.natsboot.convert.PayloadReader;
import dev.natsboot.idempotency.IdempotencyStore;
import dev.natsboot.listener.Idempotence;
import dev.natsboot.listener.MessageExpression;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Reads the attributes {@link NatsListener#idempotency()} and
 * {@link NatsListener#idempotencyKey()}.
 */
final class IdempotencyAttributes {

	private static final String EXAMPLE = "headers['order-id']";

	private final AttributeResolver attributes;

	private final HandlerMethods methods;

	IdempotencyAttributes(AttributeResolver attributes, HandlerMethods methods) {
		this.attributes = attributes;
		this.methods = methods;
	}

	@Nullable Idempotence read(NatsListener annotation, HandlerMethod handler) {
		Method method = handler.getMethod();
		IdempotencyStore store = store(annotation);
		String key = this.attributes.expression("idempotencyKey", annotation.idempotencyKey(), EXAMPLE);
		if (store == null) {
			Assert.state(key == null, () -> "'idempotencyKey' is '" + key + "', but 'idempotency' isn't set: set it, "
					+ "for example idempotency = \"true\"");
			return null;
		}
		Assert.state(!store.isTransactional() || !AsyncResults.isLater(method),
				() -> "'idempotency' is '" + annotation.idempotency() + "', a store (" + store.getClass().getName()
						+ ") that is part of the handler's transaction, but " + method.getName() + " returns a "
						+ method.getReturnType().getSimpleName() + ", which completes when the transaction has ended: "
						+ "return the value itself, or use a store of another kind, for example with "
						+ "nats.listener.idempotency.store=key-value");
		return new Idempotence(store, (key != null) ? expression(key, handler) : null);
	}

	private @Nullable IdempotencyStore store(NatsListener annotation) {
		Object value = this.attributes.value(annotation.idempotency());
		String text = String.valueOf(value).trim().toLowerCase(Locale.ROOT);
		return switch (text) {
			case "", "false" -> null;
			case "true" -> this.attributes.only("idempotency", IdempotencyStore.class,
					"set nats.listener.idempotency.store, for example "
							+ "nats.listener.idempotency.store=memory, or declare a bean");
			default -> this.attributes.bean("idempotency", annotation.idempotency(), IdempotencyStore.class);
		};
	}

	private MessageExpression expression(String key, HandlerMethod handler) {
		PayloadReader payload = this.methods.payloadReader(handler, true);
		return MessageExpression.parse("idempotencyKey", key, EXAMPLE, payload);
	}

}
