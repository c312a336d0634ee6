package dev.natsboot.annotation;

import java.util.List;
import java.util.Optional;

import dev.natsboot.convert.NatsHeaders;
import dev.natsboot.convert.NatsMessageHeaders;
import dev.natsboot.listener.Delivery;
import io.nats.client.Message;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.messaging.converter.MessageConversionException;

/**
 * One header, converted to the parameter's type.
 */
final class HeaderArgument implements HandlerArgument {

	private final String name;

	private final boolean required;

	private final @Nullable Object defaultValue;

	private final TypeDescriptor type;

	private final ConversionService conversions;

	HeaderArgument(MethodParameter parameter, String name, boolean required, @Nullable Object defaultValue,
			ConversionService conversions) {
		this.name = name;
		this.required = required;
		this.defaultValue = defaultValue;
		this.type = new TypeDescriptor(parameter);
		this.conversions = conversions;
	}

	@Override
	public @Nullable Object resolve(Message message, @Nullable Delivery delivery) {
		Object value = value(message);
		if (value == null) {
			value = this.defaultValue;
		}
		if (value == null && this.required) {
			throw new MessageConversionException("The message of '" + message.getSubject() + "' has no header '"
					+ this.name + "': annotate the parameter with @Header(required = false) to accept null");
		}
		if (value == null) {
			return (this.type.getType() == Optional.class) ? Optional.empty() : null;
		}
		return convert(value, message);
	}

	private @Nullable Object convert(Object value, Message message) {
		try {
			return this.conversions.convert(value, TypeDescriptor.forObject(value), this.type);
		}
		catch (ConversionException ex) {
			throw new MessageConversionException("Header '" + this.name + "' of the message of '" + message.getSubject()
					+ "' is no " + this.type.getType().getSimpleName() + ": '" + value + "'", ex);
		}
	}

	private @Nullable Object value(Message message) {
		NatsMessageHeaders headers = new NatsMessageHeaders(message);
		return switch (this.name) {
			case NatsHeaders.SUBJECT -> headers.subject();
			case NatsHeaders.REPLY_TO -> headers.replyTo();
			case NatsHeaders.STREAM -> headers.stream();
			case NatsHeaders.CONSUMER -> headers.consumer();
			case NatsHeaders.STREAM_SEQUENCE -> headers.streamSequence();
			case NatsHeaders.CONSUMER_SEQUENCE -> headers.consumerSequence();
			case NatsHeaders.DELIVERY_COUNT -> headers.deliveryCount();
			case NatsHeaders.PENDING_MESSAGES -> headers.pendingMessages();
			case NatsHeaders.TIMESTAMP -> headers.timestamp();
			case NatsHeaders.NATIVE_MESSAGE -> message;
			default -> single(headers.headers(this.name));
		};
	}

	private @Nullable Object single(List<String> values) {
		if (values.isEmpty()) {
			return null;
		}
		return (values.size() > 1 && (this.type.isCollection() || this.type.isArray())) ? values : values.get(0);
	}

}
