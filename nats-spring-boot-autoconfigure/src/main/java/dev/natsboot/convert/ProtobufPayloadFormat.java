package dev.natsboot.convert;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;

import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;

import org.springframework.core.ResolvableType;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.util.ReflectionUtils;

/**
 * Generated protobuf messages in their binary form.
 */
class ProtobufPayloadFormat implements PayloadFormat {

	private final ExtensionRegistry extensions = ExtensionRegistry.newInstance();

	@Override
	public boolean supports(Class<?> type) {
		return Message.class.isAssignableFrom(type);
	}

	@Override
	public boolean accepts(String contentType) {
		return ContentTypes.isProtobuf(contentType) || ContentTypes.isOneOf(contentType, "octet-stream");
	}

	@Override
	public String contentType() {
		return ContentTypes.PROTOBUF;
	}

	/**
	 * A message whose fields are all at their defaults.
	 */
	@Override
	public boolean canBeEmpty() {
		return true;
	}

	@Override
	public Decoder decoder(Type type) {
		Parser<?> parser = parser(ResolvableType.forType(type).toClass());
		return (data) -> {
			try {
				return parser.parseFrom(data, this.extensions);
			}
			catch (InvalidProtocolBufferException ex) {
				throw new MalformedPayloadException(String.valueOf(ex.getMessage()), ex);
			}
		};
	}

	@Override
	public byte[] write(Object payload) {
		return ((Message) payload).toByteArray();
	}

	private static Parser<?> parser(Class<?> type) {
		Method method = ReflectionUtils.findMethod(type, "getDefaultInstance");
		if (method == null || !Modifier.isStatic(method.getModifiers())) {
			throw new MessageConversionException(
					type.getName() + " can't be read: it is not a class that protoc generated. "
							+ "Use the generated class itself, or byte[]");
		}
		Message instance = (Message) ReflectionUtils.invokeMethod(method, null);
		if (instance == null) {
			throw new MessageConversionException(type.getName() + " has no default instance");
		}
		return instance.getParserForType();
	}

}
