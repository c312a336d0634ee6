package dev.natsboot.convert;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.natsboot.convert.PayloadFormat.Decoder;
import dev.natsboot.convert.PayloadFormat.MalformedPayloadException;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.converter.MessageConverter;

/**
 * Converts payloads with a Spring {@link MessageConverter}.
 * <p>
 * Bytes and strings never reach the converter: they travel as they are, and are read as
 * they came, whatever the content type. {@link Message} and Spring's {@code Message<T>}
 * are understood as targets. With the converter of {@link NatsMessageConverters},
 * protobuf messages and JSON are read and written without Spring messages.
 * <p>
 * What is read depends on the target type and the header
 * {@value NatsHeaders#CONTENT_TYPE} alone: no type that a message names is ever looked
 * up.
 */
public class MessagingPayloadConverter implements PayloadConverter {

	private static final byte[] EMPTY = {};

	private final @Nullable DefaultMessageConverter formats;

	private final SpringMessageCodec codec;

	/** The headers of payloads that come without any: one for each format. */
	private final Map<String, Headers> contentTypes = new ConcurrentHashMap<>();

	/**
	 * Create a payload converter.
	 * @param converter converts everything that is neither bytes nor a string
	 */
	public MessagingPayloadConverter(MessageConverter converter) {
		this.formats = (converter instanceof DefaultMessageConverter known) ? known : null;
		this.codec = new SpringMessageCodec(converter);
	}

	/**
	 * {@inheritDoc}
	 * @throws MessageConversionException when the type can't be read from any message,
	 * for example a class where Jackson is missing
	 */
	@Override
	public PayloadReader readerFor(Type targetType) {
		Class<?> raw = ResolvableType.forType(targetType).toClass();
		if (raw == byte[].class) {
			return Message::getData;
		}
		if (raw == String.class || raw == CharSequence.class) {
			return (message) -> new String(message.getData(), StandardCharsets.UTF_8);
		}
		if (raw == Message.class) {
			return (message) -> message;
		}
		if (raw == org.springframework.messaging.Message.class) {
			return springMessageReader(targetType);
		}
		return (raw == Object.class) ? untypedReader() : objectReader(targetType, raw);
	}

	private PayloadReader springMessageReader(Type targetType) {
		ResolvableType type = ResolvableType.forType(targetType).as(org.springframework.messaging.Message.class);
		PayloadReader payloadReader = readerFor(
				type.getGeneric(0).resolve(Object.class) == Object.class ? Object.class : type.getGeneric(0).getType());
		return (message) -> {
			Object payload = payloadReader.read(message);
			if (payload == null) {
				throw Conversions.unreadable(targetType, message,
						"the body is " + ((message.getData().length > 0) ? "JSON null" : "empty")
								+ ", which Spring's Message can't say; take io.nats.client.Message",
						null);
			}
			return NatsMessageMapper.toSpringMessage(message, payload);
		};
	}

	/**
	 * For {@code Object}: what the content type says, bytes when it says nothing.
	 */
	private PayloadReader untypedReader() {
		PayloadFormat json = (this.formats != null) ? this.formats.formatOf(Object.class) : null;
		Decoder decoder = (json != null) ? json.decoder(Object.class) : null;
		return (message) -> {
			String contentType = NatsMessageHeaders.first(message.getHeaders(), NatsHeaders.CONTENT_TYPE);
			if (contentType != null && ContentTypes.isText(contentType)) {
				return new String(message.getData(), StandardCharsets.UTF_8);
			}
			if (contentType != null && json != null && decoder != null && json.accepts(contentType)) {
				return decode(decoder, Object.class, message, !json.canBeEmpty());
			}
			return message.getData();
		};
	}

	private PayloadReader objectReader(Type targetType, Class<?> raw) {
		if (this.formats == null || this.formats.isCloudEvent(raw)) {
			PayloadReader reader = this.codec.reader(targetType);
			return (this.formats != null) ? reader : (message) -> isNothing(message) ? null : reader.read(message);
		}
		PayloadFormat format = requireFormat(this.formats, raw, "Reading");
		Decoder decoder = format.decoder(targetType);
		return (message) -> {
			String contentType = NatsMessageHeaders.first(message.getHeaders(), NatsHeaders.CONTENT_TYPE);
			if (contentType != null && !format.accepts(contentType)) {
				throw Conversions.unreadable(targetType, message,
						"the content type is '" + contentType + "', understood is '" + format.contentType() + "'",
						null);
			}
			return decode(decoder, targetType, message, contentType == null || !format.canBeEmpty());
		};
	}

	/**
	 * For a converter whose formats aren't known.
	 */
	private static boolean isNothing(Message message) {
		if (message.getData().length > 0) {
			return false;
		}
		String contentType = NatsMessageHeaders.first(message.getHeaders(), NatsHeaders.CONTENT_TYPE);
		return contentType == null || !ContentTypes.isProtobuf(contentType);
	}

	private static @Nullable Object decode(Decoder decoder, Type targetType, Message message, boolean emptyIsNull) {
		byte[] data = message.getData();
		if (emptyIsNull && data.length == 0) {
			return null;
		}
		try {
			return decoder.decode(data);
		}
		catch (MalformedPayloadException ex) {
			throw Conversions.unreadable(targetType, message, String.valueOf(ex.getMessage()), ex.getCause());
		}
	}

	@Override
	public EncodedPayload encode(@Nullable Object payload, @Nullable Headers headers) {
		if (payload == null) {
			return new EncodedPayload(EMPTY, headers);
		}
		if (payload instanceof byte[] bytes) {
			return new EncodedPayload(bytes, headers);
		}
		if (payload instanceof String text) {
			return new EncodedPayload(text.getBytes(StandardCharsets.UTF_8), headers);
		}
		if (payload instanceof org.springframework.messaging.Message<?> message) {
			return encode(message.getPayload(), merge(NatsMessageMapper.toNatsHeaders(message.getHeaders()), headers));
		}
		return encodeObject(payload, headers);
	}

	private EncodedPayload encodeObject(Object payload, @Nullable Headers headers) {
		if (this.formats == null || this.formats.isCloudEvent(payload.getClass())) {
			return this.codec.encode(payload, headers);
		}
		PayloadFormat format = requireFormat(this.formats, payload.getClass(), "Writing");
		String contentType = NatsMessageHeaders.first(headers, NatsHeaders.CONTENT_TYPE);
		if (contentType != null && !format.accepts(contentType)) {
			throw Conversions.unwritable(payload, "the header " + NatsHeaders.CONTENT_TYPE + " is '" + contentType
					+ "', possible is '" + format.contentType() + "'", null);
		}
		try {
			byte[] data = format.write(payload);
			return new EncodedPayload(data, (contentType != null) ? headers : withContentType(headers, format));
		}
		catch (MalformedPayloadException ex) {
			throw Conversions.unwritable(payload, String.valueOf(ex.getMessage()), ex.getCause());
		}
	}

	/**
	 * Most payloads come without headers: the client takes unmodifiable ones as they are,
	 * others it copies.
	 */
	private Headers withContentType(@Nullable Headers headers, PayloadFormat format) {
		if (headers == null || headers.isEmpty()) {
			return this.contentTypes.computeIfAbsent(format.contentType(), MessagingPayloadConverter::contentType);
		}
		return new Headers(headers).put(NatsHeaders.CONTENT_TYPE, format.contentType());
	}

	private static Headers contentType(String value) {
		Headers headers = new Headers(new Headers().put(NatsHeaders.CONTENT_TYPE, value), true);
		headers.getSerialized();
		return headers;
	}

	private static @Nullable Headers merge(@Nullable Headers first, @Nullable Headers second) {
		if (first == null || second == null) {
			return (first != null) ? first : second;
		}
		second.forEach(first::put);
		return first;
	}

	private static PayloadFormat requireFormat(DefaultMessageConverter formats, Class<?> type, String what) {
		PayloadFormat format = formats.formatOf(type);
		if (format == null) {
			throw new MessageConversionException(what + " a " + type.getName()
					+ " needs Jackson, which is not on the class path: add the dependency "
					+ "org.springframework.boot:spring-boot-starter-jackson, take byte[] or String, or declare a "
					+ "MessageConverter bean named 'natsMessageConverter'");
		}
		return format;
	}

}
