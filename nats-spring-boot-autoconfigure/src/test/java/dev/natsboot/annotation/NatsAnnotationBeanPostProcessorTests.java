package dev.natsboot.annotation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import dev.natsboot.annotation.NatsAnnotationBeanPostProcessor.AnnotatedMethod;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;

import org.springframework.beans.factory.support.StaticListableBeanFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.Mockito.mock;

/**
 * Beans that are made on several threads, as those with
 * {@code @Bean(bootstrap = BACKGROUND)} are.
 */
class NatsAnnotationBeanPostProcessorTests {

	private static final int THREADS = 4;

	private static final int BEANS = 250;

	private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

	private final Queue<String> registered = new ConcurrentLinkedQueue<>();

	private final NatsAnnotationBeanPostProcessor processor = new NatsAnnotationBeanPostProcessor(
			new StaticListableBeanFactory(Map.of("registrar", registrar()))
				.getBeanProvider(NatsEndpointRegistrar.class));

	private NatsEndpointRegistrar registrar() {
		NatsEndpointRegistrar registrar = mock(NatsEndpointRegistrar.class);
		willAnswer((invocation) -> this.registered.add(invocation.getArgument(0, AnnotatedMethod.class).beanName()))
			.given(registrar)
			.register(any());
		return registrar;
	}

	@AfterEach
	void stopThreads() {
		this.threads.shutdownNow();
	}

	@RepeatedTest(20)
	void registersTheListenersOfAllBeansOnce() throws Exception {
		List<String> names = new ArrayList<>();
		CyclicBarrier start = new CyclicBarrier(THREADS + 1);
		List<Future<?>> made = new ArrayList<>();
		for (int thread = 0; thread < THREADS; thread++) {
			List<String> own = names(thread);
			names.addAll(own);
			made.add(this.threads.submit((Callable<?>) () -> make(own, start)));
		}
		start.await(5, TimeUnit.SECONDS);
		this.processor.afterSingletonsInstantiated();
		for (Future<?> each : made) {
			each.get(5, TimeUnit.SECONDS);
		}
		assertThat(this.registered).containsExactlyInAnyOrderElementsOf(names);
	}

	private static List<String> names(int thread) {
		List<String> names = new ArrayList<>();
		for (int bean = 0; bean < BEANS; bean++) {
			names.add(thread + "-" + bean);
		}
		return names;
	}

	/**
	 * Half of the beans before all threads meet, the rest while those are registered.
	 */
	private Object make(List<String> names, CyclicBarrier start) throws Exception {
		for (int i = 0; i < names.size(); i++) {
			if (i == names.size() / 2) {
				start.await(5, TimeUnit.SECONDS);
			}
			this.processor.postProcessAfterInitialization(new Listener(), names.get(i));
		}
		return names;
	}

	static class Listener {

		@NatsListener("orders")
		void handle(String order) {
		}

	}

}
