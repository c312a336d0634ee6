package dev.natsboot.annotation;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.google.protobuf.BoolValue;
import dev.natsboot.autoconfigure.NatsConverterAutoConfiguration;
import dev.natsboot.autoconfigure.NatsMetricsAutoConfiguration;
import dev.natsboot.autoconfigure.NatsServiceAutoConfiguration;
import dev.natsboot.autoconfigure.NatsTemplateAutoConfiguration;
import dev.natsboot.core.NatsServiceErrorException;
import dev.natsboot.core.NatsTemplate;
import dev.natsboot.service.NatsServiceDiscovery;
import dev.natsboot.service.NatsServiceRegistry;
import dev.natsboot.service.ServiceErrorCode;
import dev.natsboot.service.ServiceInfo;
import dev.natsboot.service.ServiceQuery;
import dev.natsboot.testsupport.InTime;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.handler.annotation.Header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Annotated request handlers in an application.
 */
class RequestHandlerTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	@RegisterExtension
	private static final ListenerRig rig = new ListenerRig();

	@Test
	void greetsARawClientAndTheTemplate() {
		runner(Greeter.class).run((context) -> {
			assertThat(text(rig.client().request("greeter.greet", bytes("World"), TIMEOUT))).isEqualTo("Hello, World!");
			NatsTemplate template = context.getBean(NatsTemplate.class);
			assertThat(template.request("greeter.greet", "Spring", String.class, TIMEOUT)).isEqualTo("Hello, Spring!");
		});
	}

	@Test
	void answersObjectsFuturesAndMonos() {
		runner(Orders.class).run((context) -> {
			NatsTemplate template = context.getBean(NatsTemplate.class);
			Order order = new Order(7, "new");
			assertThat(template.request("orders.echo", order, Order.class, TIMEOUT)).isEqualTo(order);
			assertThat(template.request("orders.future", order, Order.class, TIMEOUT)).isEqualTo(order);
			assertThat(template.request("orders.mono", order, Order.class, TIMEOUT)).isEqualTo(order);
			assertThat(template.request("orders.nothing", order, Order.class, TIMEOUT)).isNull();
		});
	}

	@Test
	void failsTheRequestWithTheCodeOfTheFailure() {
		runner(Orders.class).run((context) -> {
			NatsTemplate template = context.getBean(NatsTemplate.class);
			assertThatExceptionOfType(NatsServiceErrorException.class)
				.isThrownBy(() -> template.request("orders.find.7", null, Order.class, TIMEOUT))
				.satisfies((ex) -> {
					assertThat(ex.getCode()).isEqualTo(404);
					assertThat(ex.getError()).isEqualTo("No order 7");
				});
		});
	}

	@Test
	void requestsThroughTheTemplateFromInsideAHandler() {
		runner(Greeter.class, Caller.class).run((context) -> {
			Message reply = rig.client().request("caller", bytes("World"), TIMEOUT);
			assertThat(text(reply)).isEqualTo("Hello, World! said the greeter");
		});
	}

	@Test
	void readsTheAnnotationsOfTheInterfaceThatAHandlerImplements() {
		runner(OrderPricing.class).run(RequestHandlerTests::pricesValidOrders);
	}

	@Test
	void readsTheAnnotationsOfTheClassBehindAnInterfaceProxy() {
		runner(ProxiedPricing.class).run(RequestHandlerTests::pricesValidOrders);
	}

	private static void pricesValidOrders(AssertableApplicationContext context) throws InterruptedException {
		assertThat(context).hasNotFailed();
		Headers headers = new Headers().add("Currency", "EUR");
		Message price = rig.client().request("price", headers, bytes("{\"id\":7,\"status\":\"new\"}"), TIMEOUT);
		assertThat(text(price)).isEqualTo("7 EUR");
		Message refusal = rig.client().request("price", headers, bytes("{\"id\":7,\"status\":\"\"}"), TIMEOUT);
		assertThat(refusal.getHeaders().getFirst("Nats-Service-Error-Code")).isEqualTo("400");
		assertThat(refusal.getHeaders().getFirst("Nats-Service-Error")).contains("status must not be empty");
	}

	@Test
	void givesAnEmptyOptionalForAnEmptyBodyAndElseWhatWasRead() {
		runner(Optionals.class).run((context) -> {
			assertThat(text(rig.client().request("optional.text", bytes("World"), TIMEOUT))).isEqualTo("World");
			assertThat(text(rig.client().request("optional.text", null, TIMEOUT))).isEqualTo("none");
			byte[] order = bytes("{\"id\":7,\"status\":\"new\"}");
			assertThat(text(rig.client().request("optional.order", order, TIMEOUT))).isEqualTo("7");
			assertThat(text(rig.client().request("optional.order", null, TIMEOUT))).isEqualTo("none");
			assertThat(text(rig.client().request("optional.flag", null, TIMEOUT))).isEqualTo("none");
			Headers protobuf = new Headers().put("Content-Type", "application/x-protobuf");
			assertThat(text(rig.client().request("optional.flag", protobuf, null, TIMEOUT))).isEqualTo("false");
		});
	}

	@Test
	void validatesWhatAnOptionalHolds() {
		runner(Optionals.class).run((context) -> {
			byte[] invalid = bytes("{\"id\":7,\"status\":\"\"}");
			Message refusal = rig.client().request("optional.order", invalid, TIMEOUT);
			assertThat(refusal.getHeaders().getFirst("Nats-Service-Error")).contains("status must not be empty");
		});
	}

	@Test
	void resolvesAttributes() {
		runner(Placeholders.class)
			.withPropertyValues("test.subject=configured.subject", "test.group=workers", "test.version=3.2.1")
			.run((context) -> {
				assertThat(text(rig.client().request("configured.subject", null, TIMEOUT))).isEqualTo("ok");
				ServiceInfo info = context.getBean(NatsServiceDiscovery.class)
					.info(ServiceQuery.named("placeholders").withTimeout(TIMEOUT).withQuorum(1))
					.get(0);
				assertThat(info.instance().version()).isEqualTo("3.2.1");
				assertThat(info.description()).isEqualTo("Answers ok");
				ServiceInfo.Endpoint endpoint = info.endpoint("the-id").orElseThrow();
				assertThat(endpoint.queue()).isEqualTo("workers");
				assertThat(
						context.getBean(NatsServiceRegistry.class).getContainer("the-id").getEndpoint().concurrency())
					.isEqualTo(4);
			});
	}

	@Test
	void countsRequests() {
		runner(Greeter.class, Orders.class)
			.withConfiguration(
					AutoConfigurations.of(MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class,
							PrometheusMetricsExportAutoConfiguration.class, NatsMetricsAutoConfiguration.class))
			.run((context) -> {
				PrometheusMeterRegistry registry = context.getBean(PrometheusMeterRegistry.class);
				String success = "nats_messages_consumed_total{listener=\"greeter\",outcome=\"success\",subject=\"greeter.greet\"} ";
				String failure = "nats_messages_consumed_total{listener=\"find\",outcome=\"failure\",subject=\"orders.find.*\"} ";
				assertThat(registry.scrape()).contains(success + "0.0", failure + "0.0");
				rig.client().request("greeter.greet", bytes("World"), TIMEOUT);
				rig.client().request("orders.find.7", null, TIMEOUT);
				Awaitility.await()
					.atMost(TIMEOUT)
					.untilAsserted(() -> assertThat(registry.scrape()).contains(success + "1.0", failure + "1.0"));
				context.getBean(NatsServiceRegistry.class).unregister("greeter");
				assertThat(registry.scrape()).doesNotContain("listener=\"greeter\"");
			});
	}

	@Test
	void answersWhatIsRunningWhenTheApplicationStops() throws Exception {
		CompletableFuture<CompletableFuture<Message>> reply = new CompletableFuture<>();
		runner(Slow.class).run((context) -> {
			Slow slow = context.getBean(Slow.class);
			reply.complete(rig.client().request("slow", bytes("x")));
			assertThat(slow.started.await(5, TimeUnit.SECONDS)).isTrue();
			CompletableFuture.runAsync(slow.release::countDown,
					CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS));
		});
		assertThat(text(reply.get().get(10, TimeUnit.SECONDS))).isEqualTo("done");
		assertThat(rig.client().request("slow", bytes("x"), TIMEOUT)).isNull();
	}

	private static ApplicationContextRunner runner(Class<?>... types) {
		return rig.runner(types)
			.withConfiguration(
					AutoConfigurations.of(NatsServiceAutoConfiguration.class, NatsTemplateAutoConfiguration.class,
							NatsConverterAutoConfiguration.class, ValidationAutoConfiguration.class));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String text(Message message) {
		return new String(message.getData(), StandardCharsets.UTF_8);
	}

	record Order(int id, @NotEmpty String status) {
	}

	@ServiceErrorCode(404)
	static class UnknownOrderException extends RuntimeException {

		UnknownOrderException(String id) {
			super("No order " + id);
		}

	}

	static class Greeter {

		@NatsRequestHandler(id = "greeter", subject = "greeter.greet", queue = "greeters")
		String greet(String name) {
			return "Hello, " + name + "!";
		}

	}

	static class Orders {

		@NatsRequestHandler("orders.echo")
		Order echo(Order order) {
			return order;
		}

		@NatsRequestHandler("orders.future")
		CompletableFuture<Order> future(Order order) {
			return CompletableFuture.supplyAsync(() -> order);
		}

		@NatsRequestHandler("orders.mono")
		Mono<Order> mono(Order order) {
			return Mono.just(order).delayElement(Duration.ofMillis(10));
		}

		@NatsRequestHandler("orders.nothing")
		void nothing(Order order) {
		}

		@NatsRequestHandler(id = "find", subject = "orders.find.*")
		Order find(@Header("nats_subject") String subject) {
			throw new UnknownOrderException(subject.substring(subject.lastIndexOf('.') + 1));
		}

	}

	interface Pricing<T> {

		@NatsRequestHandler("price")
		String price(@Valid T order, @Header("Currency") String currency);

	}

	static class OrderPricing implements Pricing<Order> {

		@Override
		public String price(Order order, String currency) {
			return order.id() + " " + currency;
		}

	}

	interface PlainPricing {

		String price(Order order, String currency);

	}

	static class AnnotatedPricing implements PlainPricing {

		@Override
		@NatsRequestHandler("price")
		public String price(@Valid Order order, @Header("Currency") String currency) {
			return order.id() + " " + currency;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ProxiedPricing {

		@Bean
		PlainPricing pricing() {
			return (PlainPricing) new ProxyFactory(new AnnotatedPricing()).getProxy();
		}

	}

	static class Optionals {

		@NatsRequestHandler("optional.text")
		String text(Optional<String> text) {
			return text.orElse("none");
		}

		@NatsRequestHandler("optional.order")
		String order(@Valid Optional<Order> order) {
			return order.map((each) -> Integer.toString(each.id())).orElse("none");
		}

		@NatsRequestHandler("optional.flag")
		String flag(Optional<BoolValue> flag) {
			return flag.map((each) -> Boolean.toString(each.getValue())).orElse("none");
		}

	}

	static class Caller {

		private final NatsTemplate template;

		Caller(NatsTemplate template) {
			this.template = template;
		}

		@NatsRequestHandler("caller")
		String call(String name) {
			return this.template.request("greeter.greet", name, String.class, TIMEOUT) + " said the greeter";
		}

	}

	static class Placeholders {

		@NatsRequestHandler(id = "the-id", subject = "${test.subject}", queue = "${test.group}",
				service = "placeholders", version = "${test.version}", description = "Answers ok",
				concurrency = "#{2 * 2}")
		String handle() {
			return "ok";
		}

	}

	static class Slow {

		private final CountDownLatch started = new CountDownLatch(1);

		private final CountDownLatch release = new CountDownLatch(1);

		@NatsRequestHandler("slow")
		String handle() throws InterruptedException {
			this.started.countDown();
			InTime.await(this.release);
			return "done";
		}

	}

}
