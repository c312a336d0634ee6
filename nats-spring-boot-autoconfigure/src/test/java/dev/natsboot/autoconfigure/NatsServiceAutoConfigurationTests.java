package dev.natsboot.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import dev.natsboot.connection.NatsConnectionManager;
import dev.natsboot.core.EndpointState.Status;
import dev.natsboot.core.NatsExecutor;
import dev.natsboot.service.NatsServiceDiscovery;
import dev.natsboot.service.NatsServiceRegistry;
import dev.natsboot.service.RequestEndpoint;
import dev.natsboot.service.ServiceError;
import dev.natsboot.service.ServiceErrorResolver;
import dev.natsboot.service.ServiceInfo;
import dev.natsboot.service.ServiceQuery;
import dev.natsboot.testsupport.NatsServer;
import io.nats.client.Connection;
import io.nats.client.Message;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Request handlers and discovery in an application.
 */
class NatsServiceAutoConfigurationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private static NatsServer server;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(NatsAutoConfiguration.class, NatsConverterAutoConfiguration.class,
				NatsServiceAutoConfiguration.class, TaskExecutionAutoConfiguration.class));

	@BeforeAll
	static void startServer() {
		server = new NatsServer();
	}

	@AfterAll
	static void stopServer() {
		server.close();
	}

	@Test
	void namesTheServiceAfterTheApplication() {
		run((info) -> {
			assertThat(info.instance().name()).isEqualTo("Order-Service--1-");
			assertThat(info.instance().version()).isEqualTo("0.0.1");
			assertThat(info.instance().metadata()).isEmpty();
		}, "spring.application.name=Order Service (1)");
	}

	@Test
	void hasANameWithoutOneOfTheApplication() {
		run((info) -> assertThat(info.instance().name()).isEqualTo("application"));
	}

	@Test
	void appliesTheProperties() {
		run((info) -> {
			assertThat(info.instance().name()).isEqualTo("orders");
			assertThat(info.instance().version()).isEqualTo("2.1.0-rc.1");
			assertThat(info.instance().metadata()).containsEntry("zone", "b");
			assertThat(info.description()).isEqualTo("All about orders");
			assertThat(info.endpoint("echo").orElseThrow().instanceSubject()).isNull();
		}, "nats.service.name=orders", "nats.service.version=2.1.0-rc.1", "nats.service.metadata.zone=b",
				"nats.service.description=All about orders", "nats.service.instance-subjects=false");
	}

	@Test
	void refusesANameThatServicesCantHave() {
		connected().withPropertyValues("nats.service.name=order service")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage(
						"Property 'nats.service.name' with value 'order service' is invalid: it may only have letters, "
								+ "digits, '-' and '_'. A working example: nats.service.name=order-service"));
	}

	@Test
	void refusesAVersionThatIsNone() {
		connected().withPropertyValues("nats.service.version=1.0")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage(
						"Property 'nats.service.version' with value '1.0' is invalid: it must be a semantic version. "
								+ "A working example: nats.service.version=1.2.0"));
	}

	@Test
	void startsWithoutNats() {
		this.runner.withPropertyValues("nats.servers=nats://localhost:1").run((context) -> {
			assertThat(context).hasNotFailed();
			NatsServiceRegistry registry = context.getBean(NatsServiceRegistry.class);
			registry.register(echo(), context.getBean(NatsConnectionManager.class));
			assertThat(registry.getContainer("echo").getState().status()).isEqualTo(Status.STARTING);
		});
	}

	@Test
	void leavesTheTaskExecutorOfTheApplicationAlone() {
		connected()
			.run((context) -> assertThat(context).hasSingleBean(Executor.class).hasBean("applicationTaskExecutor"));
	}

	@Test
	void usesTheErrorResolverOfTheApplication() {
		connected().withBean(ServiceErrorResolver.class, () -> (failure) -> new ServiceError(418, "teapot"))
			.run(request("fail",
					(reply) -> assertThat(reply.getHeaders().getFirst(ServiceError.CODE_HEADER)).isEqualTo("418")));
	}

	@Test
	void hidesErrorMessagesOnDemand() {
		connected().withPropertyValues("nats.service.error-messages=false")
			.run(request("fail", (reply) -> assertThat(reply.getHeaders().getFirst(ServiceError.TEXT_HEADER))
				.isEqualTo("Internal error")));
	}

	@Test
	void backsOffWhenUserDefinesTheExecutor() {
		NatsExecutor executor = NatsExecutor.of(Runnable::run);
		connected().withBean(NatsExecutor.class, () -> executor)
			.run((context) -> assertThat(context).getBean(NatsExecutor.class).isSameAs(executor));
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void handlesOnVirtualThreadsWhenTheyAreEnabled() {
		connected().withPropertyValues("spring.threads.virtual.enabled=true")
			.run(request("thread", (reply) -> assertThat(text(reply)).startsWith("VirtualThread")));
	}

	@Test
	void handlesOnTheClientsThreadWhereItIsOneRequestAtATime() {
		connected().withPropertyValues("spring.threads.virtual.enabled=false")
			.run(request("thread", (reply) -> assertThat(text(reply)).matches("Thread\\[(#\\d+,)?nats:.*")));
	}

	@Test
	void handlesOnTheThreadsOfTheApplication() {
		connected()
			.withBean(NatsExecutor.class, () -> NatsExecutor.of((task) -> new Thread(task, "application").start()))
			.run(request("thread", (reply) -> assertThat(text(reply)).matches("Thread\\[(#\\d+,)?application.*")));
	}

	@Test
	void answersWithoutJackson() {
		connected().withClassLoader(new FilteredClassLoader("tools.jackson"))
			.run(request("echo", (reply) -> assertThat(text(reply)).isEqualTo("x")));
	}

	@Test
	void tellsThatASubscriptionWasRefused() {
		String users = "authorization { users: [ { user: a, password: b, permissions: { subscribe: { deny: \"echo\" } } } ] }";
		try (NatsServer strict = new NatsServer(users)) {
			this.runner.withPropertyValues("nats.servers=" + strict.url(), "nats.username=a", "nats.password=b")
				.run((context) -> {
					NatsServiceRegistry registry = context.getBean(NatsServiceRegistry.class);
					registry.register(echo(), context.getBean(NatsConnectionManager.class));
					Awaitility.await()
						.atMost(TIMEOUT)
						.until(() -> registry.getContainer("echo").getState().status() == Status.RECOVERING);
					assertThat(registry.getContainer("echo").getState().lastError())
						.containsIgnoringCase("permissions violation for subscription to \"echo\"");
				});
		}
	}

	@Test
	void findsItself() {
		connected().run((context) -> {
			register(context);
			List<ServiceInfo> infos = context.getBean(NatsServiceDiscovery.class)
				.info(ServiceQuery.named("application").withTimeout(TIMEOUT).withQuorum(1));
			assertThat(infos).hasSize(1);
			assertThat(infos.get(0).endpoints()).extracting(ServiceInfo.Endpoint::name)
				.containsExactly("echo", "fail", "thread");
		});
	}

	private ApplicationContextRunner connected() {
		return this.runner.withPropertyValues("nats.servers=" + server.url());
	}

	private void run(Consumer<ServiceInfo> assertion, String... properties) {
		connected().withPropertyValues(properties).run((context) -> {
			register(context);
			assertion.accept(context.getBean(NatsServiceRegistry.class).getServices().get(0));
		});
	}

	private ContextConsumer<AssertableApplicationContext> request(String subject, Consumer<Message> assertion) {
		return (context) -> {
			register(context);
			Connection connection = context.getBean(NatsConnectionManager.class).current();
			assertion.accept(connection.request(subject, new byte[] { 'x' }, TIMEOUT));
		};
	}

	private static void register(AssertableApplicationContext context) {
		NatsServiceRegistry registry = context.getBean(NatsServiceRegistry.class);
		NatsConnectionManager manager = context.getBean(NatsConnectionManager.class);
		registry.register(echo(), manager);
		registry.register(RequestEndpoint.of("fail", "fail").handledBy((request) -> {
			throw new IllegalStateException("internals");
		}), manager);
		registry.register(
				RequestEndpoint.of("thread", "thread").handledBy((request) -> Thread.currentThread().toString()),
				manager);
	}

	private static RequestEndpoint echo() {
		return RequestEndpoint.of("echo", "echo").handledBy((request) -> request.getData());
	}

	private static String text(Message message) {
		return new String(message.getData(), StandardCharsets.UTF_8);
	}

}
