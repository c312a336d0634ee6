package dev.natsboot.benchmark.program;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import dev.natsboot.core.EndpointState.Status;
import dev.natsboot.core.JetStreamOperations;
import dev.natsboot.core.NatsOperations;
import dev.natsboot.listener.NatsListenerEndpointRegistry;
import io.nats.client.Connection;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;

/**
 * An application on the starter.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ StarterListeners.class, NoSpans.class })
public class StarterProgram {

	/**
	 * Do what the role asks for, and write the figures into a file.
	 * @param arguments the settings, and properties of the application
	 */
	public static void main(String... arguments) throws Exception {
		ProgramSettings settings = ProgramSettings.parse(arguments);
		settings.endWithParent();
		SpringApplication application = new SpringApplication(StarterProgram.class);
		application.addInitializers((context) -> prepare((GenericApplicationContext) context, settings));
		ConfigurableApplicationContext context = application
			.run((settings.role() != Role.START_PLAIN) ? arguments : withoutNats(arguments));
		JsonMapper.shared().writeValue(settings.result(), run(context, settings));
		System.exit(0);
	}

	private static void prepare(GenericApplicationContext context, ProgramSettings settings) {
		Window[] window = new Window[1];
		window[0] = new Window(settings, (count) -> RawProgram.progress(context.getBean(Connection.class), count));
		context.registerBean(ProgramSettings.class, () -> settings);
		context.registerBean(Window.class, () -> window[0]);
		if (settings.role() == Role.START) {
			context.registerBean("idleNumbers", AtomicInteger.class);
			for (int i = 0; i < settings.threads(); i++) {
				context.registerBean("idle-" + i, StarterListeners.Idle.class);
			}
		}
	}

	private static String[] withoutNats(String... arguments) {
		String excluded = StreamSupport
			.stream(ImportCandidates.load(AutoConfiguration.class, StarterProgram.class.getClassLoader()).spliterator(),
					false)
			.filter((name) -> name.startsWith("dev.natsboot.") || name.endsWith(".DataSourceAutoConfiguration"))
			.collect(Collectors.joining(","));
		String[] extended = Arrays.copyOf(arguments, arguments.length + 1);
		extended[arguments.length] = "--spring.autoconfigure.exclude=" + excluded;
		return extended;
	}

	private static Sample run(ConfigurableApplicationContext context, ProgramSettings settings) throws Exception {
		switch (settings.role()) {
			case START_PLAIN -> {
				return RawProgram.started();
			}
			case START -> {
				awaitAttached(context);
				return RawProgram.started();
			}
			case REPLY -> new CountDownLatch(1).await();
			case CORE_CONSUME, JS_CONSUME, JS_BATCH -> {
				awaitAttached(context);
				RawProgram.progress(context.getBean(Connection.class), 0);
				return context.getBean(Window.class).await();
			}
			case RECOVER -> {
				return context.getBean(StarterListeners.First.class).first().get();
			}
			default -> {
			}
		}
		return new Caller(
				new StarterClient(context.getBean(NatsOperations.class), context.getBean(JetStreamOperations.class)),
				settings)
			.run();
	}

	private static void awaitAttached(ConfigurableApplicationContext context) throws InterruptedException {
		NatsListenerEndpointRegistry registry = context.getBean(NatsListenerEndpointRegistry.class);
		while (registry.getListenerContainers()
			.stream()
			.anyMatch((container) -> container.getState().status() != Status.RUNNING)) {
			TimeUnit.MILLISECONDS.sleep(1);
		}
	}

}
