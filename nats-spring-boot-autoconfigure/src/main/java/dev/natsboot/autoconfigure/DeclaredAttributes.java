package dev.natsboot.autoconfigure;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ObjectUtils;

/**
 * Applies the properties that are set, and remembers their names.
 */
final class DeclaredAttributes {

	private final Set<String> names = new HashSet<>();

	private final String prefix;

	DeclaredAttributes(String prefix) {
		this.prefix = prefix;
	}

	<T> DeclaredAttributes apply(String name, @Nullable T value, Consumer<T> setter) {
		if (value != null && !ObjectUtils.isEmpty(value)) {
			this.names.add(name);
			accept(name, value, setter);
		}
		return this;
	}

	private <T> void accept(String name, T value, Consumer<T> setter) {
		try {
			setter.accept(value);
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			throw new IllegalArgumentException(this.prefix + "." + name + "=" + value + " is not possible: "
					+ ex.getMessage() + ". Remove the property or choose another value", ex);
		}
	}

	Set<String> names() {
		return this.names;
	}

}
