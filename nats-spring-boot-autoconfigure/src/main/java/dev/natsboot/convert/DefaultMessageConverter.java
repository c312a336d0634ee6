package dev.natsboot.convert;

import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.messaging.converter.CompositeMessageConverter;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.util.ClassUtils;

/**
 * The converter of an application that supplies none of its own. It knows the formats
 * behind its converters, so that payloads need no Spring message on their way.
 */
class DefaultMessageConverter extends CompositeMessageConverter {

	private static final String CLOUD_EVENT = "io.cloudevents.CloudEvent";

	private final List<PayloadFormat> formats;

	private final @Nullable Class<?> cloudEvent;

	DefaultMessageConverter(Collection<MessageConverter> converters, Collection<PayloadFormat> formats) {
		super(converters);
		this.formats = List.copyOf(formats);
		ClassLoader classLoader = getClass().getClassLoader();
		this.cloudEvent = ClassUtils.isPresent(CLOUD_EVENT, classLoader)
				? ClassUtils.resolveClassName(CLOUD_EVENT, classLoader) : null;
	}

	/**
	 * The format in which objects of a class travel.
	 */
	@Nullable PayloadFormat formatOf(Class<?> type) {
		for (PayloadFormat format : this.formats) {
			if (format.supports(type)) {
				return format;
			}
		}
		return null;
	}

	/**
	 * Whether the payload is spread over headers and body, which only Spring's converter
	 * can do.
	 */
	boolean isCloudEvent(Class<?> type) {
		return this.cloudEvent != null && this.cloudEvent.isAssignableFrom(type);
	}

}
