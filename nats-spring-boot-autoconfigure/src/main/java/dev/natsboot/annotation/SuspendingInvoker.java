package dev.natsboot.annotation;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.CoroutinesUtils;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;

/**
 * Calls a Kotlin function that suspends. It begins on the caller's thread and completes
 * the result wherever it ends.
 */
final class SuspendingInvoker extends HandlerInvoker {

	private final Object bean;

	private final Method method;

	SuspendingInvoker(Object bean, Method method) {
		super(bean, method);
		Assert.state(ClassUtils.isPresent("kotlinx.coroutines.reactor.MonoKt", bean.getClass().getClassLoader()),
				() -> "Method " + method.toGenericString() + " suspends, which needs coroutines with Reactor on the "
						+ "class path: add org.jetbrains.kotlinx:kotlinx-coroutines-reactor");
		this.bean = bean;
		this.method = method;
	}

	@Override
	@Nullable Object invoke(@Nullable Object[] arguments) {
		return Mono.from(CoroutinesUtils.invokeSuspendingFunction(this.method, this.bean, arguments)).toFuture();
	}

}
