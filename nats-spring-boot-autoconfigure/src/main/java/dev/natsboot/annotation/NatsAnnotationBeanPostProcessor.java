package dev.natsboot.annotation;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;

/**
 * Finds methods that are annotated with {@link NatsListener} or
 * {@link NatsRequestHandler} and has them registered when all singletons are there, or at
 * once for beans that come later.
 */
public class NatsAnnotationBeanPostProcessor
		implements BeanPostProcessor, BeanFactoryAware, SmartInitializingSingleton, Ordered {

	private static final Set<Class<? extends Annotation>> HANDLERS = Set.of(NatsListener.class,
			NatsRequestHandler.class);

	private final Set<Class<?>> withoutAnnotations = ConcurrentHashMap.newKeySet();

	private final Set<String> seen = ConcurrentHashMap.newKeySet();

	private final ReentrantLock lock = new ReentrantLock();

	private final List<AnnotatedMethod> waiting = new ArrayList<>();

	private final ObjectProvider<NatsEndpointRegistrar> registrar;

	private @Nullable ConfigurableListableBeanFactory beanFactory;

	private boolean initialized;

	/**
	 * Create a post-processor.
	 * @param registrar registers what was found; looked up when the first method is
	 * registered
	 */
	public NatsAnnotationBeanPostProcessor(ObjectProvider<NatsEndpointRegistrar> registrar) {
		this.registrar = registrar;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		Class<?> type = AopProxyUtils.ultimateTargetClass(bean);
		if (!this.withoutAnnotations.contains(type) && !ScopedProxyUtils.isScopedTarget(beanName)
				&& isCandidate(type)) {
			Map<Method, HandlerAnnotations> methods = find(type);
			if (methods.isEmpty()) {
				this.withoutAnnotations.add(type);
			}
			methods.forEach((method, annotations) -> found(
					new AnnotatedMethod(new HandlerMethod(bean, type, method), beanName, annotations)));
		}
		return bean;
	}

	/**
	 * Spring's own beans, most of those of a small application, aren't searched.
	 */
	private static boolean isCandidate(Class<?> type) {
		return !type.getName().startsWith("org.springframework.") && AnnotationUtils.isCandidateClass(type, HANDLERS);
	}

	private static Map<Method, HandlerAnnotations> find(Class<?> type) {
		return MethodIntrospector.selectMethods(type, NatsAnnotationBeanPostProcessor::annotations);
	}

	/**
	 * Nearly no method has any: one search through what it overrides is to tell.
	 */
	private static boolean isHandler(Method method) {
		return MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY)
			.stream()
			.anyMatch((annotation) -> HANDLERS.contains(annotation.getType()));
	}

	private static @Nullable HandlerAnnotations annotations(Method method) {
		if (!isHandler(method)) {
			return null;
		}
		return new HandlerAnnotations(
				List.copyOf(AnnotatedElementUtils.findMergedRepeatableAnnotations(method, NatsListener.class)),
				AnnotatedElementUtils.findMergedAnnotation(method, NatsRequestHandler.class));
	}

	/**
	 * A method is registered once: further instances of a prototype share its name and
	 * are left out.
	 */
	private void found(AnnotatedMethod method) {
		if (this.seen.add(method.beanName() + "#" + method.handler()) && !waits(method)) {
			this.registrar.getObject().register(method);
		}
	}

	/**
	 * Beans may be made on several threads, in the background also while those that wait
	 * are registered.
	 */
	private boolean waits(AnnotatedMethod method) {
		this.lock.lock();
		try {
			return !this.initialized && this.waiting.add(method);
		}
		finally {
			this.lock.unlock();
		}
	}

	private List<AnnotatedMethod> endWaiting() {
		this.lock.lock();
		try {
			this.initialized = true;
			List<AnnotatedMethod> methods = List.copyOf(this.waiting);
			this.waiting.clear();
			return methods;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		if (beanFactory instanceof ConfigurableListableBeanFactory factory) {
			this.beanFactory = factory;
		}
	}

	/**
	 * Scoped proxies are made when somebody asks for them, which nobody does for a bean
	 * that only listens.
	 */
	private void makeScopedProxies(ConfigurableListableBeanFactory beans) {
		for (String name : beans.getBeanDefinitionNames()) {
			Class<?> type = ScopedProxyUtils.isScopedTarget(name) ? beans.getType(name, false) : null;
			if (type != null && !find(type).isEmpty()) {
				beans.getBean(ScopedProxyUtils.getOriginalBeanName(name));
			}
		}
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (this.beanFactory != null) {
			makeScopedProxies(this.beanFactory);
		}
		endWaiting().forEach((method) -> this.registrar.getObject().register(method));
	}

	@Override
	public int getOrder() {
		return LOWEST_PRECEDENCE;
	}

	/**
	 * The annotations of one method.
	 */
	record HandlerAnnotations(List<NatsListener> listeners, @Nullable NatsRequestHandler handler) {
	}

	/**
	 * A method that was found.
	 */
	record AnnotatedMethod(HandlerMethod handler, String beanName, HandlerAnnotations annotations) {

		String name() {
			return this.handler.getMethod().getName();
		}

	}

}
