package dev.natsboot.convert;

import java.lang.reflect.Method;
import java.lang.reflect.Type;

import io.nats.client.Message;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.util.ReflectionUtils;

/**
 * Tells Spring's converters a generic type, for which they know method parameters only.
 */
final class TypeHint extends MethodParameter {

	private static final Method ANY_METHOD = anyMethod();

	private final Type type;

	TypeHint(Type type) {
		super(ANY_METHOD, -1);
		this.type = type;
	}

	private static Method anyMethod() {
		Method method = ReflectionUtils.findMethod(PayloadReader.class, "read", Message.class);
		if (method == null) {
			throw new IllegalStateException("PayloadReader has no method 'read'");
		}
		return method;
	}

	@Override
	public Class<?> getParameterType() {
		return ResolvableType.forType(this.type).toClass();
	}

	@Override
	public Type getGenericParameterType() {
		return this.type;
	}

	@Override
	public Type getNestedGenericParameterType() {
		return this.type;
	}

	@Override
	public TypeHint clone() {
		return new TypeHint(this.type);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof TypeHint hint && hint.type.equals(this.type);
	}

	@Override
	public int hashCode() {
		return this.type.hashCode();
	}

}
