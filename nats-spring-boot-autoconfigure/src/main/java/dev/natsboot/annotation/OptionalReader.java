package dev.natsboot.annotation;

import java.lang.reflect.Type;
import java.util.Optional;

import dev.natsboot.convert.PayloadConverter;
import dev.natsboot.convert.PayloadReader;
import io.nats.client.Message;

import org.springframework.core.ResolvableType;
import org.springframework.util.ObjectUtils;

/**
 * Reads a payload that may be missing: an {@link Optional}, which is empty for an empty
 * body, even of a string or of bytes.
 */
final class OptionalReader implements PayloadReader {

	private final PayloadReader value;

	private OptionalReader(PayloadReader value) {
		this.value = value;
	}

	/**
	 * The reader for a type, of the converter unless that is an {@code Optional}.
	 */
	static PayloadReader of(Type type, PayloadConverter converter) {
		ResolvableType payload = ResolvableType.forType(type);
		if (payload.toClass() != Optional.class) {
			return converter.readerFor(type);
		}
		ResolvableType value = payload.getGeneric(0);
		return new OptionalReader(converter.readerFor((value.resolve() != null) ? value.getType() : Object.class));
	}

	@Override
	public Object read(Message message) {
		Object read = this.value.read(message);
		boolean missing = message.getData().length == 0 && ObjectUtils.isEmpty(read);
		return missing ? Optional.empty() : Optional.ofNullable(read);
	}

}
