package dev.natsboot.autoconfigure;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ObjectUtils;
import org.springframework.util.StringUtils;

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
			throw refused(this.prefix + "." + name, value, ex);
		}
	}

	/**
	 * The client's texts end with a full stop or not.
	 */
	private static InvalidNatsPropertyException refused(String property, Object value, RuntimeException ex) {
		String reason = StringUtils.trimTrailingCharacter(String.valueOf(ex.getMessage()), '.');
		InvalidNatsPropertyException refused = new InvalidNatsPropertyException(property, value, reason,
				"the default, without '" + property + "'");
		refused.initCause(ex);
		return refused;
	}

	Set<String> names() {
		return this.names;
	}

}
