package dev.natsboot.annotation;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

import org.springframework.core.KotlinDetector;
import org.springframework.util.ReflectionUtils;

/**
 * Calls a method of a bean. Exceptions come as the method threw them.
 */
class HandlerInvoker {

	private static final MethodType GENERIC = MethodType.methodType(Object.class, Object[].class);

	private final MethodHandle handle;

	/**
	 * The invoker for a method: a Kotlin function that suspends gives a
	 * {@code CompletionStage}.
	 */
	static HandlerInvoker of(Object bean, Method method) {
		return KotlinDetector.isSuspendingFunction(method) ? new SuspendingInvoker(bean, method)
				: new HandlerInvoker(bean, method);
	}

	/**
	 * How many arguments the method takes from its callers: the last one of a function
	 * that suspends is its continuation.
	 */
	static int argumentCount(Method method) {
		return method.getParameterCount() - (KotlinDetector.isSuspendingFunction(method) ? 1 : 0);
	}

	HandlerInvoker(Object bean, Method method) {
		ReflectionUtils.makeAccessible(method);
		try {
			this.handle = MethodHandles.lookup()
				.unreflect(method)
				.bindTo(bean)
				.asFixedArity()
				.asSpreader(Object[].class, method.getParameterCount())
				.asType(GENERIC);
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException("Method " + method + " can't be called: make it public", ex);
		}
	}

	@Nullable Object invoke(@Nullable Object[] arguments) throws Throwable {
		return (Object) this.handle.invokeExact(arguments);
	}

}
