package dev.natsboot.annotation;

import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Map;

import dev.natsboot.convert.NatsMessageHeaders;
import dev.natsboot.convert.NatsMessageMapper;
import dev.natsboot.convert.PayloadConverter;
import dev.natsboot.convert.PayloadReader;
import dev.natsboot.listener.Acknowledgment;
import dev.natsboot.listener.Delivery;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import org.jspecify.annotations.Nullable;

import org.springframework.core.GenericTypeResolver;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.convert.ConversionService;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.handler.annotation.ValueConstants;
import org.springframework.util.Assert;
import org.springframework.validation.SmartValidator;
import org.springframework.validation.annotation.ValidationAnnotationUtils;

/**
 * Plans how the arguments of handler methods are built.
 */
final class ArgumentPlanner {

	private final PayloadConverter converter;

	private final ConversionService conversions;

	private final @Nullable SmartValidator validator;

	private final AttributeResolver attributes;

	ArgumentPlanner(PayloadConverter converter, ConversionService conversions, @Nullable SmartValidator validator,
			AttributeResolver attributes) {
		this.converter = converter;
		this.conversions = conversions;
		this.validator = validator;
		this.attributes = attributes;
	}

	/**
	 * Plan a parameter, or an element of a list parameter.
	 * @param parameter the parameter that the value is for
	 * @param type the type to build
	 */
	HandlerArgument plan(MethodParameter parameter, ResolvableType type) {
		HandlerArgument special = special(parameter, type);
		return (special != null) ? special : payload(parameter, type.getType());
	}

	/**
	 * Reads the payload as a parameter gets it, alone or in Spring's message.
	 * @return the reader, or {@code null} when the parameter isn't the payload
	 */
	@Nullable PayloadReader payloadReader(MethodParameter parameter, ResolvableType type) {
		if (type.toClass() == org.springframework.messaging.Message.class
				&& !parameter.hasParameterAnnotation(Payload.class)) {
			return reader(parameter, messagePayload(type.getGeneric(0)));
		}
		return isSpecial(parameter, type) ? null : reader(parameter, type.getType());
	}

	private PayloadReader reader(MethodParameter parameter, Type type) {
		return OptionalReader.of(GenericTypeResolver.resolveType(type, parameter.getContainingClass()), this.converter);
	}

	private static Type messagePayload(ResolvableType payload) {
		return (payload == ResolvableType.NONE || payload.hasUnresolvableGenerics()
				|| payload.toClass() == Object.class) ? byte[].class : payload.getType();
	}

	/**
	 * Whether a parameter isn't the payload.
	 */
	boolean isSpecial(MethodParameter parameter, ResolvableType type) {
		return special(parameter, type) != null;
	}

	private @Nullable HandlerArgument special(MethodParameter parameter, ResolvableType type) {
		Class<?> raw = type.toClass();
		Header header = parameter.getParameterAnnotation(Header.class);
		if (header != null) {
			return header(parameter, header);
		}
		if (parameter.hasParameterAnnotation(org.springframework.messaging.handler.annotation.Headers.class)) {
			return headers(parameter, raw);
		}
		if (parameter.hasParameterAnnotation(Payload.class)) {
			return null;
		}
		if (raw == org.springframework.messaging.Message.class) {
			return springMessage(parameter, type.getGeneric(0));
		}
		return byType(raw);
	}

	private static @Nullable HandlerArgument byType(Class<?> raw) {
		if (raw == Message.class) {
			return (message, delivery) -> message;
		}
		if (raw == NatsMessageHeaders.class) {
			return (message, delivery) -> new NatsMessageHeaders(message, (delivery != null) ? delivery.attempts() : 0);
		}
		if (raw == Headers.class) {
			return (message, delivery) -> new NatsMessageHeaders(message).headers();
		}
		if (raw == MessageHeaders.class) {
			return (message, delivery) -> NatsMessageMapper.toMessageHeaders(message);
		}
		return (raw == Acknowledgment.class) ? (message, delivery) -> acknowledgment(delivery) : null;
	}

	private static Acknowledgment acknowledgment(@Nullable Delivery delivery) {
		Assert.state(delivery != null, "A request has no acknowledgement");
		return delivery.acknowledgment();
	}

	private HandlerArgument headers(MethodParameter parameter, Class<?> raw) {
		if (raw == Headers.class) {
			return (message, delivery) -> new NatsMessageHeaders(message).headers();
		}
		Assert.state(raw.isAssignableFrom(MessageHeaders.class) || raw == Map.class,
				() -> "The @Headers parameter of " + parameter.getExecutable() + " must be a Map<String, Object>, "
						+ "MessageHeaders or io.nats.client.impl.Headers, but is " + raw.getName());
		return (message, delivery) -> NatsMessageMapper.toMessageHeaders(message);
	}

	private HandlerArgument header(MethodParameter parameter, Header header) {
		this.attributes.check(header);
		String declared = header.name().isEmpty() ? header.value() : header.name();
		String name = declared.isEmpty() ? parameter.getParameterName() : this.attributes.text(declared);
		Assert.state(name != null && !name.isEmpty(), () -> "@Header(\"" + declared + "\") of "
				+ parameter.getExecutable()
				+ " has no name: give it one, for example @Header(\"Nats-Msg-Id\"), or compile with -parameters");
		Object defaultValue = ValueConstants.DEFAULT_NONE.equals(header.defaultValue()) ? null
				: this.attributes.value(header.defaultValue());
		return new HeaderArgument(parameter, name, header.required() && defaultValue == null && !parameter.isOptional(),
				defaultValue, this.conversions);
	}

	private HandlerArgument springMessage(MethodParameter parameter, ResolvableType payloadType) {
		HandlerArgument payload = payload(parameter, messagePayload(payloadType));
		return (message, delivery) -> {
			Object value = payload.resolve(message, delivery);
			return NatsMessageMapper.toSpringMessage(message, (value != null) ? value : new byte[0]);
		};
	}

	private HandlerArgument payload(MethodParameter parameter, Type type) {
		Payload annotation = parameter.getParameterAnnotation(Payload.class);
		boolean required = (annotation == null || annotation.required()) && !parameter.isOptional();
		Object[] hints = validationHints(parameter);
		SmartValidator using = (hints != null) ? this.validator : null;
		Assert.state(hints == null || using != null, () -> "The payload of " + parameter.getExecutable()
				+ " is to be validated, but there is no validator: add spring-boot-starter-validation");
		return new PayloadArgument(parameter, reader(parameter, type), required, using,
				(hints != null) ? hints : new Object[0]);
	}

	private static Object @Nullable [] validationHints(MethodParameter parameter) {
		for (Annotation annotation : parameter.getParameterAnnotations()) {
			Object[] hints = ValidationAnnotationUtils.determineValidationHints(annotation);
			if (hints != null) {
				return hints;
			}
		}
		return null;
	}

}
