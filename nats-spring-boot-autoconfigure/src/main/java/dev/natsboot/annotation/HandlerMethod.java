package dev.natsboot.annotation;

import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.aop.support.AopUtils;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedMethod;

/**
 * A method of a bean's class, with the annotations that it and the methods it overrides
 * or implements have together. A proxy of the bean is called through its own method,
 * which may be that of an interface.
 */
final class HandlerMethod extends AnnotatedMethod {

	private final Object bean;

	private final Class<?> beanType;

	private final Method invocable;

	/**
	 * Create a handler method.
	 * @param bean the bean, possibly a proxy
	 * @param beanType the class behind all proxies
	 * @param method the method of this class
	 * @throws IllegalStateException when the bean is a proxy without such a method
	 */
	HandlerMethod(Object bean, Class<?> beanType, Method method) {
		super(method);
		this.bean = bean;
		this.beanType = beanType;
		this.invocable = AopUtils.selectInvocableMethod(method, bean.getClass());
	}

	Class<?> beanType() {
		return this.beanType;
	}

	/**
	 * The parameters that callers give arguments for.
	 */
	List<MethodParameter> parameters() {
		return Stream.of(getMethodParameters()).limit(HandlerInvoker.argumentCount(getMethod())).toList();
	}

	HandlerInvoker invoker() {
		return HandlerInvoker.of(this.bean, this.invocable);
	}

	/**
	 * Type variables of the parameters may be known to a subclass only.
	 */
	@Override
	protected Class<?> getContainingClass() {
		return this.beanType;
	}

}
