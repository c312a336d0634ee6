package dev.natsboot.annotation;

import java.lang.annotation.Annotation;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeansException;
import org.springframework.beans.factory.config.BeanExpressionContext;
import org.springframework.beans.factory.config.BeanExpressionResolver;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.expression.ExpressionException;
import org.springframework.util.ObjectUtils;
import org.springframework.util.StringUtils;

/**
 * Resolves place-holders and expressions of annotation attributes. A value that can't be
 * used is answered with an error that names the attribute, the value, and one that would
 * do.
 */
final class AttributeResolver {

	private final ConfigurableListableBeanFactory beanFactory;

	private final NamedBeans beans;

	private final Placeholders placeholders;

	AttributeResolver(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
		this.beans = new NamedBeans(beanFactory);
		this.placeholders = new Placeholders(beanFactory);
	}

	/**
	 * Refuse an annotation with a place-holder that can't be resolved.
	 */
	void check(@Nullable Annotation annotation) {
		if (annotation != null) {
			this.placeholders.check(annotation);
		}
	}

	/**
	 * Resolve to whatever the expression gives.
	 */
	@Nullable Object value(String attribute) {
		String text = this.beanFactory.resolveEmbeddedValue(attribute);
		BeanExpressionResolver resolver = this.beanFactory.getBeanExpressionResolver();
		try {
			return (resolver != null) ? resolver.evaluate(text, new BeanExpressionContext(this.beanFactory, null))
					: text;
		}
		catch (BeansException | ExpressionException ex) {
			throw new IllegalStateException(
					"'" + text + "' can't be evaluated (" + NestedExceptionUtils.getMostSpecificCause(ex).getMessage()
							+ "): refer to beans as in #{@settings.subject} or #{settings.subject}",
					ex);
		}
	}

	/**
	 * Resolve to a text.
	 * @return the text, or {@code null} when it is empty
	 */
	@Nullable String text(String attribute) {
		Object value = value(attribute);
		return ObjectUtils.isEmpty(value) ? null : String.valueOf(value).trim();
	}

	List<String> texts(String[] attributes) {
		return Arrays.stream(attributes)
			.map(this::value)
			.flatMap(AttributeResolver::elements)
			.filter(Objects::nonNull)
			.map((each) -> String.valueOf(each).trim())
			.filter((each) -> !each.isEmpty())
			.distinct()
			.toList();
	}

	private static Stream<?> elements(@Nullable Object value) {
		if (value instanceof Collection<?> values) {
			return values.stream();
		}
		if (value instanceof Object[] values) {
			return Arrays.stream(values);
		}
		return (value != null) ? StringUtils.commaDelimitedListToSet(value.toString()).stream() : Stream.empty();
	}

	@Nullable Long number(String name, String attribute, String example) {
		return parse(name, attribute, example, Long::valueOf);
	}

	@Nullable Double decimal(String name, String attribute, String example) {
		return parse(name, attribute, example, Double::valueOf);
	}

	@Nullable Boolean flag(String name, String attribute) {
		return parse(name, attribute, "true", (text) -> switch (text.toLowerCase(Locale.ROOT)) {
			case "true" -> true;
			case "false" -> false;
			default -> throw new IllegalArgumentException("neither true nor false");
		});
	}

	@Nullable Duration duration(String name, String attribute, String example) {
		return parse(name, attribute, example, DurationStyle::detectAndParse);
	}

	@Nullable List<Duration> durations(String name, String attribute, String example) {
		return parse(name, attribute, example,
				(text) -> Arrays.stream(text.split(",")).map(String::trim).map(DurationStyle::detectAndParse).toList());
	}

	@Nullable Instant instant(String name, String attribute, String example) {
		return parse(name, attribute, example, Instant::parse);
	}

	<E extends Enum<E>> @Nullable E constant(String name, String attribute, Class<E> type, String example) {
		return parse(name, attribute, example, (text) -> Arrays.stream(type.getEnumConstants())
			.filter((each) -> canonical(each.name()).equals(canonical(text)))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					"not one of " + Arrays.stream(type.getEnumConstants()).map(AttributeResolver::written).toList())));
	}

	/**
	 * Write a constant as it is written in an attribute.
	 */
	static String written(Enum<?> constant) {
		return constant.toString().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	private static String canonical(String name) {
		return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
	}

	/**
	 * Resolve to a bean, by its name or by an expression that gives it.
	 */
	<T> @Nullable T bean(String name, String attribute, Class<T> type) {
		Object value = value(attribute);
		if (type.isInstance(value)) {
			return type.cast(value);
		}
		if (ObjectUtils.isEmpty(value)) {
			return null;
		}
		return this.beans.named(name, String.valueOf(value).trim(), type);
	}

	/**
	 * Find the only bean of a type, or the primary one.
	 */
	<T> T only(String name, Class<T> type, String remedy) {
		return this.beans.only(name, type, remedy);
	}

	/**
	 * Resolve to an expression that is evaluated for each message.
	 * @return the expression, or {@code null} when it is empty
	 */
	@Nullable String expression(String name, String attribute, String example) {
		try {
			return text(attribute);
		}
		catch (IllegalStateException ex) {
			throw new IllegalStateException("'" + name + "' is '" + attribute + "', whose #{…} is evaluated once, when "
					+ "the listener is registered: write what is to be evaluated for each message without #{}, "
					+ "for example " + name + " = \"" + example + "\"", ex);
		}
	}

	private <T> @Nullable T parse(String name, String attribute, String example, Function<String, T> parser) {
		String text = text(attribute);
		if (text == null) {
			return null;
		}
		try {
			return parser.apply(text);
		}
		catch (RuntimeException ex) {
			throw new IllegalStateException("'" + name + "' is '" + text + "', which can't be used (" + ex.getMessage()
					+ "), for example " + name + " = \"" + example + "\"", ex);
		}
	}

}
