package dev.natsboot.benchmark.program;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.function.SingletonSupplier;

/**
 * An application on the starter.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ StarterListeners.class, NoSpans.class })
public class StarterProgram {

	private static final String EXCLUDE = "spring.autoconfigure.exclude";

	/**
	 * Do what the role asks for, and write the figures into a file.
	 * @param arguments the settings, and properties of the application
	 */
	public static void main(String... arguments) throws Exception {
		ProgramSettings settings = ProgramSettings.parse(arguments);
		settings.endWithParent();
		SpringApplication application = new SpringApplication(StarterProgram.class);
		application.addInitializers((context) -> prepare((GenericApplicationContext) context, settings));
		ConfigurableApplicationContext context = application.run(arguments);
		Sample sample = run(context, settings);
		new Instruments(context, settings).check();
		JsonMapper.shared().writeValue(settings.result(), sample);
		System.exit(0);
	}

	private static void prepare(GenericApplicationContext context, ProgramSettings settings) {
		SingletonSupplier<Connection> connection = SingletonSupplier.of(() -> context.getBean(Connection.class));
		Window window = new Window(settings, (count) -> RawProgram.progress(connection.obtain(), count));
		context.registerBean(ProgramSettings.class, () -> settings);
		context.registerBean(Window.class, () -> window);
		switch (settings.role()) {
			case START -> registerIdle(context, StarterListeners.Idle.class, settings.threads());
			case START_STREAM -> registerIdle(context, StarterListeners.IdleOfStream.class, settings.threads());
			case START_PLAIN, START_JNATS -> excludeStarter(context.getEnvironment());
			default -> {
			}
		}
	}

	private static void registerIdle(GenericApplicationContext context, Class<?> type, int listeners) {
		context.registerBean("idleNumbers", AtomicInteger.class);
		for (int i = 0; i < listeners; i++) {
			context.registerBean("idle-" + i, type);
		}
	}

	/**
	 * Leave out the starter besides everything that is left out with it.
	 */
	static void excludeStarter(ConfigurableEnvironment environment) {
		Stream<String> excluded = Binder.get(environment).bind(EXCLUDE, Bindable.setOf(String.class)).get().stream();
		Stream<String> starter = ImportCandidates.load(AutoConfiguration.class, StarterProgram.class.getClassLoader())
			.getCandidates()
			.stream()
			.filter((name) -> name.startsWith("dev.natsboot."));
		environment.getPropertySources()
			.addFirst(new MapPropertySource("without-starter",
					Map.of(EXCLUDE, Stream.concat(excluded, starter).collect(Collectors.joining(",")))));
	}

	private static Sample run(ConfigurableApplicationContext context, ProgramSettings settings) throws Exception {
		switch (settings.role()) {
			case START_PLAIN -> {
				return RawProgram.started();
			}
			case START_JNATS -> {
				return RawProgram.idle(settings);
			}
			case START, START_STREAM -> {
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
