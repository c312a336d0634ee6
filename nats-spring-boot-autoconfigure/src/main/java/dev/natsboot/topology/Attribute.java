package dev.natsboot.topology;

import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * One attribute of a configuration: how to read it, how to set it, and what the server
 * can do with it.
 *
 * @param <C> the configuration
 * @param <B> its builder
 * @param <V> the attribute's value
 */
final class Attribute<C, B, V> {

	private final String name;

	private final Function<C, @Nullable V> value;

	private final BiConsumer<B, V> setter;

	private Predicate<C> declared;

	private BinaryOperator<V> merge = (declared, server) -> declared;

	private BiPredicate<V, @Nullable V> fixed = (declared, server) -> false;

	private Function<@Nullable V, String> text = Values::text;

	private @Nullable String since;

	Attribute(String name, Function<C, @Nullable V> value, BiConsumer<B, V> setter) {
		this.name = name;
		this.value = value;
		this.setter = setter;
		this.declared = (configuration) -> value.apply(configuration) != null;
	}

	/**
	 * How to recognise that the attribute is declared, where that isn't a value other
	 * than {@code null}.
	 */
	Attribute<C, B, V> declaredWhen(Predicate<C> condition) {
		this.declared = condition;
		return this;
	}

	/**
	 * The server can't change the value of something that exists.
	 */
	Attribute<C, B, V> fixed() {
		return fixedWhen((declared, server) -> true);
	}

	Attribute<C, B, V> fixedWhen(BiPredicate<V, @Nullable V> condition) {
		this.fixed = condition;
		return this;
	}

	/**
	 * Older servers ignore the attribute.
	 */
	Attribute<C, B, V> since(String version) {
		this.since = version;
		return this;
	}

	/**
	 * The value that satisfies the declaration and keeps what others have added. Where it
	 * equals the server's value, nothing differs.
	 */
	Attribute<C, B, V> mergedBy(BinaryOperator<V> operator) {
		this.merge = operator;
		return this;
	}

	Attribute<C, B, V> writtenBy(Function<@Nullable V, String> writer) {
		this.text = writer;
		return this;
	}

	String name() {
		return this.name;
	}

	boolean isDeclared(C configuration) {
		return this.declared.test(configuration);
	}

	@Nullable String since() {
		return this.since;
	}

	@Nullable V value(C configuration) {
		return this.value.apply(configuration);
	}

	String text(C configuration) {
		return this.text.apply(value(configuration));
	}

	boolean differs(C declared, C server) {
		V value = value(declared);
		return value != null
				&& !Objects.equals(Values.comparable(target(value, server)), Values.comparable(value(server)));
	}

	boolean isFixed(C declared, C server) {
		V value = value(declared);
		return value != null && this.fixed.test(value, value(server));
	}

	/**
	 * Set the declared value, merged with the server's.
	 */
	void apply(B builder, C declared, C server) {
		V value = value(declared);
		if (value != null) {
			this.setter.accept(builder, target(value, server));
		}
	}

	private V target(V declared, C server) {
		V present = value(server);
		return (present != null) ? this.merge.apply(declared, present) : declared;
	}

}
