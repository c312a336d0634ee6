package dev.natsboot.annotation;

import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.PlaceholderResolutionException;

/**
 * Looks for place-holders of annotations that stand for no property, and names the
 * attribute.
 */
final class Placeholders {

	private final ConfigurableBeanFactory beanFactory;

	Placeholders(ConfigurableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/**
	 * Refuse an annotation of which an attribute can't be resolved. That {@code value}
	 * has an alias where there are other attributes is taken for granted.
	 */
	void check(Annotation annotation) {
		Map<String, @Nullable Object> attributes = AnnotationUtils.getAnnotationAttributes(annotation);
		if (attributes.size() > 1) {
			attributes.remove(AnnotationUtils.VALUE);
		}
		attributes.forEach((name, value) -> texts(value)
			.forEach((text) -> check(annotation.annotationType().getSimpleName(), name, text)));
	}

	private static Stream<String> texts(@Nullable Object value) {
		if (value instanceof String[] texts) {
			return Arrays.stream(texts);
		}
		return (value instanceof String text) ? Stream.of(text) : Stream.empty();
	}

	private void check(String annotation, String attribute, String text) {
		try {
			this.beanFactory.resolveEmbeddedValue(text);
		}
		catch (PlaceholderResolutionException ex) {
			String placeholder = ex.getPlaceholder();
			throw new IllegalStateException("'" + attribute + "' of @" + annotation + " is '" + text
					+ "', which can't be resolved (" + ex.getMessage() + "): set the property '" + placeholder
					+ "', or give it a default, for example ${" + placeholder + ":none}", ex);
		}
	}

}
