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

	<T> DeclaredAttributes apply(String name, @Nullable T value, Consumer<T> setter) {
		if (value != null && !ObjectUtils.isEmpty(value)) {
			this.names.add(name);
			setter.accept(value);
		}
		return this;
	}

	Set<String> names() {
		return this.names;
	}

}
