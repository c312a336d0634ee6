package dev.natsboot.convert;

import java.util.ArrayList;
import java.util.List;

import io.cloudevents.spring.messaging.CloudEventMessageConverter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.messaging.converter.ByteArrayMessageConverter;
import org.springframework.messaging.converter.JacksonJsonMessageConverter;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.messaging.converter.ProtobufMessageConverter;
import org.springframework.messaging.converter.StringMessageConverter;
import org.springframework.util.ClassUtils;

/**
 * The default message converter: bytes, strings, protobuf and CloudEvents where their
 * libraries are on the class path, and JSON for everything else.
 */
public final class NatsMessageConverters {

	private static final boolean PROTOBUF = isPresent("com.google.protobuf.Message");

	private static final boolean CLOUD_EVENTS = isPresent("io.cloudevents.spring.messaging.CloudEventMessageConverter");

	private NatsMessageConverters() {
	}

	/**
	 * Create a converter that writes objects as JSON.
	 * @param mapper reads and writes JSON
	 * @return the converter
	 */
	public static MessageConverter withJson(JsonMapper mapper) {
		return create(new JacksonJsonMessageConverter(mapper), new JacksonPayloadFormat(mapper));
	}

	/**
	 * Create a converter for applications without Jackson.
	 * @return the converter
	 */
	public static MessageConverter withoutJson() {
		return create(null, null);
	}

	private static MessageConverter create(@Nullable MessageConverter json, @Nullable PayloadFormat jsonFormat) {
		List<MessageConverter> converters = new ArrayList<>();
		List<PayloadFormat> formats = new ArrayList<>();
		converters.add(new ByteArrayMessageConverter());
		converters.add(new StringMessageConverter());
		if (PROTOBUF) {
			converters.add(new ProtobufMessageConverter());
			formats.add(new ProtobufPayloadFormat());
		}
		if (CLOUD_EVENTS) {
			converters.add(new CloudEventMessageConverter());
		}
		if (json != null && jsonFormat != null) {
			converters.add(json);
			formats.add(jsonFormat);
		}
		return new DefaultMessageConverter(converters, formats);
	}

	private static boolean isPresent(String className) {
		return ClassUtils.isPresent(className, NatsMessageConverters.class.getClassLoader());
	}

}
