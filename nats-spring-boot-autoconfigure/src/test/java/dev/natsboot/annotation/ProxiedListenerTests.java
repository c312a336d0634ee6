package dev.natsboot.annotation;

import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import dev.natsboot.listener.NatsListenerEndpointRegistry;
import io.nats.client.Subscription;
import io.nats.client.impl.Headers;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.ObjectFactory;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.SendTo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Whatever Spring wraps a bean in, its listener method is one listener, and is called
 * through the wrapper.
 */
class ProxiedListenerTests {

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig();

	private static final Queue<String> intercepted = new ConcurrentLinkedQueue<>();

	private static final Queue<String> received = new ConcurrentLinkedQueue<>();

	@BeforeEach
	void clear() {
		intercepted.clear();
		received.clear();
	}

	@Test
	void aClassProxyIsOneListener() {
		receivesOnce(ClassProxied.class, "handle");
	}

	@Test
	void anInterfaceProxyIsOneListener() {
		receivesOnce(InterfaceProxied.class, "handle");
	}

	@Test
	void anInterfaceProxyListensAsTheClassSays() {
		rig.runner(InterfaceProxiedTranslator.class).run((context) -> {
			Subscription translated = rig.client().subscribe("translated");
			rig.client().publish("translate", new Headers().add("Language", "de"), "1".getBytes());
			assertThat(translated.nextMessage(Duration.ofSeconds(5)).getData()).isEqualTo("1 in de".getBytes());
			assertThat(intercepted).containsExactly("translate");
		});
	}

	@Test
	void aScopedProxyIsOneListener() {
		receivesOnce(ScopeProxied.class);
	}

	@Test
	void aBeanThatIsRefreshedIsOneListenerAndItsNewInstanceIsCalled() {
		rig.runner(Refreshed.class).run((context) -> {
			RefreshScope scope = context.getBean(RefreshScope.class);
			for (int instance = 1; instance <= 3; instance++) {
				String text = Integer.toString(instance);
				rig.client().publish("refreshed", text.getBytes());
				await().until(() -> received.stream().anyMatch((each) -> each.startsWith(text)));
				scope.refresh();
			}
			assertThat(received).containsExactly("1 by 1", "2 by 2", "3 by 3");
			assertThat(context.getBean(NatsListenerEndpointRegistry.class).getListenerContainers()).hasSize(1);
		});
	}

	@Test
	void aPrototypeThatIsUsedTwiceIsOneListener() {
		rig.runner(Prototypes.class).run((context) -> {
			context.getBean(Plain.class);
			context.getBean(Plain.class);
			assertThat(context.getBean(NatsListenerEndpointRegistry.class).getListenerContainers()).hasSize(1);
		});
	}

	@Test
	void aLazyBeanListensWhenItIsMade() {
		rig.runner(LazyBeans.class).run((context) -> {
			NatsListenerEndpointRegistry registry = context.getBean(NatsListenerEndpointRegistry.class);
			assertThat(registry.getListenerContainers()).isEmpty();
			context.getBean(Plain.class);
			assertThat(registry.getListenerContainers()).hasSize(1).allMatch((container) -> container.isRunning());
		});
	}

	private static void receivesOnce(Class<?> configuration, String... methods) {
		rig.runner(configuration).run((context) -> {
			assertThat(context.getBean(NatsListenerEndpointRegistry.class).getListenerContainers()).hasSize(1);
			rig.client().publish("proxied", "1".getBytes());
			await().untilAsserted(() -> assertThat(received).containsExactly("1"));
			assertThat(intercepted).containsExactly(methods);
		});
	}

	private static <T> ProxyFactory proxy(T target) {
		ProxyFactory factory = new ProxyFactory(target);
		factory.addAdvice((MethodInterceptor) (invocation) -> {
			intercepted.add(invocation.getMethod().getName());
			return invocation.proceed();
		});
		return factory;
	}

	interface Handler {

		void handle(String text);

	}

	static class Plain implements Handler {

		@Override
		@NatsListener(subjects = "proxied")
		public void handle(String text) {
			received.add(text);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ClassProxied {

		@Bean
		Plain plain() {
			ProxyFactory factory = proxy(new Plain());
			factory.setProxyTargetClass(true);
			return (Plain) factory.getProxy();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InterfaceProxied {

		@Bean
		Handler plain() {
			return (Handler) proxy(new Plain()).getProxy();
		}

	}

	interface Translator {

		String translate(String text, String language);

	}

	static class LabellingTranslator implements Translator {

		@Override
		@NatsListener("translate")
		@SendTo("translated")
		public String translate(String text, @Header("Language") String language) {
			return text + " in " + language;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InterfaceProxiedTranslator {

		@Bean
		Translator translator() {
			return (Translator) proxy(new LabellingTranslator()).getProxy();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ScopeProxied {

		@Bean
		@Scope(scopeName = ConfigurableBeanFactory.SCOPE_SINGLETON, proxyMode = ScopedProxyMode.TARGET_CLASS)
		Plain plain() {
			return new Plain();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Refreshed {

		private final AtomicInteger instances = new AtomicInteger();

		@Bean
		static RefreshScope refreshScope() {
			return new RefreshScope();
		}

		@Bean
		static BeanFactoryPostProcessor scopes(RefreshScope scope) {
			return (factory) -> factory.registerScope("refresh", scope);
		}

		@Bean
		@Scope(scopeName = "refresh", proxyMode = ScopedProxyMode.TARGET_CLASS)
		Numbered numbered() {
			return new Numbered(this.instances.incrementAndGet());
		}

	}

	static class Numbered {

		private final int number;

		Numbered() {
			this(0);
		}

		Numbered(int number) {
			this.number = number;
		}

		@NatsListener("refreshed")
		public void handle(String text) {
			received.add(text + " by " + this.number);
		}

	}

	/**
	 * Makes its beans anew on demand, as Spring Cloud's does.
	 */
	static class RefreshScope implements org.springframework.beans.factory.config.Scope {

		private final Map<String, Object> beans = new ConcurrentHashMap<>();

		void refresh() {
			this.beans.clear();
		}

		@Override
		public Object get(String name, ObjectFactory<?> factory) {
			return this.beans.computeIfAbsent(name, (key) -> factory.getObject());
		}

		@Override
		public @Nullable Object remove(String name) {
			return this.beans.remove(name);
		}

		@Override
		public void registerDestructionCallback(String name, Runnable callback) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Prototypes {

		@Bean
		@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
		Plain plain() {
			return new Plain();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LazyBeans {

		@Bean
		@Lazy
		Plain plain() {
			return new Plain();
		}

	}

}
