package dev.natsboot.annotation;

import dev.natsboot.convert.NatsMessageMapper;
import dev.natsboot.convert.PayloadReader;
import dev.natsboot.listener.Delivery;
import io.nats.client.Message;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.handler.annotation.support.MethodArgumentNotValidException;
import org.springframework.util.ObjectUtils;
import org.springframework.validation.BeanPropertyBindingResult;
import org.springframework.validation.SmartValidator;

/**
 * The payload, converted and validated.
 */
final class PayloadArgument implements HandlerArgument {

	private final MethodParameter parameter;

	private final PayloadReader reader;

	private final boolean required;

	private final @Nullable SmartValidator validator;

	private final Object[] hints;

	PayloadArgument(MethodParameter parameter, PayloadReader reader, boolean required,
			@Nullable SmartValidator validator, Object[] hints) {
		this.parameter = parameter;
		this.reader = reader;
		this.required = required;
		this.validator = validator;
		this.hints = hints;
	}

	@Override
	public @Nullable Object resolve(Message message, @Nullable Delivery delivery) {
		Object payload = this.reader.read(message);
		if (payload == null && this.required) {
			String body = (message.getData().length > 0) ? "JSON null as its body" : "an empty body";
			throw new MessageConversionException("The message of '" + message.getSubject() + "' has " + body + ", but "
					+ this.parameter.getExecutable().getName()
					+ " needs a payload: annotate the parameter with @Payload(required = false) to accept null");
		}
		Object value = ObjectUtils.unwrapOptional(payload);
		if (value != null && this.validator != null) {
			validate(message, value, this.validator);
		}
		return payload;
	}

	private void validate(Message message, Object payload, SmartValidator using) {
		String name = (this.parameter.getParameterName() != null) ? this.parameter.getParameterName() : "payload";
		BeanPropertyBindingResult result = new BeanPropertyBindingResult(payload, name);
		using.validate(payload, result, this.hints);
		if (result.hasErrors()) {
			throw new MethodArgumentNotValidException(NatsMessageMapper.toSpringMessage(message, payload),
					this.parameter, result);
		}
	}

}
