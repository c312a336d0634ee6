package dev.natsboot.observation;

import java.util.List;

import dev.natsboot.observation.ListenerMetrics.Outcome;
import dev.natsboot.observation.NatsMetrics.ConsumerMetrics;
import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MicrometerNatsMetricsTests {

	private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

	private final MicrometerNatsMetrics metrics = new MicrometerNatsMetrics(this.registry,
			new SubjectTags(10, List.of()), List.of("orders.created.v1", "payments.>"));

	@Test
	void publishedIsInTheScrapeFromTheStart() {
		assertThat(lines("nats_messages_published_total")).containsExactlyInAnyOrder(
				"nats_messages_published_total{subject=\"orders.created.v1\"} 0.0",
				"nats_messages_published_total{subject=\"other\"} 0.0");
		assertThat(lines("nats_messages_publish_failures_total")).hasSize(2);
	}

	@Test
	void countsPublishedMessagesAndFailures() {
		this.metrics.published("orders.created.v1", false);
		this.metrics.published("orders.created.v1", false);
		this.metrics.published("orders.created.v1", true);
		this.metrics.published("carts.17", false);
		this.metrics.published("carts.18", false);
		assertThat(lines("nats_messages_published_total")).contains(
				"nats_messages_published_total{subject=\"orders.created.v1\"} 2.0",
				"nats_messages_published_total{subject=\"carts.*\"} 2.0");
		assertThat(lines("nats_messages_publish_failures_total"))
			.contains("nats_messages_publish_failures_total{subject=\"orders.created.v1\"} 1.0");
	}

	@Test
	void boundsSubjects() {
		for (int i = 0; i < 1000; i++) {
			this.metrics.published("customer-" + i, false);
		}
		assertThat(lines("nats_messages_published_total")).hasSize(11)
			.contains("nats_messages_published_total{subject=\"other\"} 991.0");
	}

	@Test
	void listenerIsInTheScrapeFromTheStartWithEveryOutcomeThatItCanHave() {
		this.metrics.listener("payment", List.of("orders.created.v1", "orders.created.v2"), Outcome.OF_STREAM);
		assertThat(lines("nats_messages_consumed_total")).hasSize(Outcome.values().length - 1)
			.contains("nats_messages_consumed_total{listener=\"payment\",outcome=\"success\","
					+ "subject=\"orders.created.v1,orders.created.v2\"} 0.0");
		assertThat(lines("nats_messages_redelivered_total"))
			.containsExactly("nats_messages_redelivered_total{listener=\"payment\"} 0.0");
		assertThat(lines("nats_messages_dead_lettered_total"))
			.containsExactly("nats_messages_dead_lettered_total{listener=\"payment\"} 0.0");
		assertThat(lines("nats_listener_duration_seconds_count")).hasSize(Outcome.values().length - 3);
	}

	@Test
	void requestHandlersAndSubscriptionsHaveNoOutcomesOfStreams() {
		this.metrics.listener("stock", List.of("stock.check"), Outcome.OF_REQUESTS);
		assertThat(outcomes("nats_messages_consumed_total")).containsExactlyInAnyOrder("success", "failure");
		assertThat(outcomes("nats_listener_duration_seconds_count")).containsExactlyInAnyOrder("success", "failure");
		this.metrics.listener("audit", List.of("audit.>"), Outcome.OF_SUBSCRIPTION);
		assertThat(outcomes("nats_messages_consumed_total")).contains("filtered", "discarded")
			.doesNotContain("retry", "dead_letter", "duplicate", "postponed");
		assertThat(lines("nats_messages_redelivered_total")).isEmpty();
		assertThat(lines("nats_messages_dead_lettered_total")).isEmpty();
	}

	@Test
	void anOutcomeThatWasNotToComeDoesNoHarm() {
		ListenerMetrics listener = this.metrics.listener("stock", List.of("stock.check"), Outcome.OF_REQUESTS);
		listener.consumed(Outcome.DEAD_LETTER, 1);
		listener.redelivered();
		assertThat(outcomes("nats_messages_consumed_total")).doesNotContain("dead_letter");
	}

	@Test
	void countsConsumedMessages() {
		ListenerMetrics listener = this.metrics.listener("payment", List.of("orders.>"), Outcome.OF_STREAM);
		listener.consumed(Outcome.SUCCESS, 2_000_000_000L);
		listener.consumed(Outcome.RETRY, 1);
		listener.consumed(Outcome.FILTERED, -1);
		listener.consumed(Outcome.DEAD_LETTER, -1);
		listener.redelivered();
		assertThat(lines("nats_messages_consumed_total")).contains(consumed("success", 1), consumed("retry", 1),
				consumed("filtered", 1), consumed("dead_letter", 1), consumed("discarded", 0));
		assertThat(lines("nats_messages_redelivered_total"))
			.containsExactly("nats_messages_redelivered_total{listener=\"payment\"} 1.0");
		assertThat(lines("nats_messages_dead_lettered_total"))
			.containsExactly("nats_messages_dead_lettered_total{listener=\"payment\"} 1.0");
		assertThat(lines("nats_listener_duration_seconds_sum"))
			.contains("nats_listener_duration_seconds_sum{listener=\"payment\",outcome=\"success\"} 2.0");
		assertThat(lines("nats_listener_duration_seconds_count"))
			.contains("nats_listener_duration_seconds_count{listener=\"payment\",outcome=\"dead_letter\"} 0");
	}

	@Test
	void consumerGaugesFollowTheServer() {
		ConsumerMetrics consumer = this.metrics.consumer("ORDERS", "payment");
		String series = "nats_consumer_pending_messages{consumer=\"payment\",stream=\"ORDERS\"} ";
		assertThat(lines("nats_consumer_pending_messages")).containsExactly(series + "NaN");
		consumer.update(5, 3, 1);
		assertThat(lines("nats_consumer_pending_messages")).containsExactly(series + "5.0");
		assertThat(lines("nats_consumer_ack_pending_messages")).singleElement().asString().endsWith(" 3.0");
		assertThat(lines("nats_consumer_redelivered_messages")).singleElement().asString().endsWith(" 1.0");
	}

	@Test
	void gaugesOfSharedConsumerStayUntilTheLastUserIsGone() {
		ConsumerMetrics first = this.metrics.consumer("ORDERS", "payment");
		ConsumerMetrics second = this.metrics.consumer("ORDERS", "payment");
		second.update(7, 0, 0);
		first.close();
		assertThat(lines("nats_consumer_pending_messages")).singleElement().asString().endsWith(" 7.0");
		second.close();
		assertThat(lines("nats_consumer_pending_messages")).isEmpty();
		this.metrics.consumer("ORDERS", "payment").update(8, 0, 0);
		assertThat(lines("nats_consumer_pending_messages")).singleElement().asString().endsWith(" 8.0");
	}

	@Test
	void closedListenerLeavesNoMeter() {
		int before = this.registry.getMeters().size();
		this.metrics.listener("payment", List.of("orders.>"), Outcome.OF_STREAM).close();
		assertThat(this.registry.getMeters()).hasSize(before);
	}

	@Test
	void startAndStopCyclesDoNotMultiplyMeters() {
		int before = this.registry.getMeters().size();
		for (int i = 0; i < 10; i++) {
			this.metrics.listener("payment", List.of("orders.>"), Outcome.OF_STREAM).close();
			this.metrics.consumer("ORDERS", "payment").close();
		}
		assertThat(this.registry.getMeters()).hasSize(before);
	}

	@Test
	void closeRemovesAllMeters() {
		this.metrics.listener("payment", List.of("orders.>"), Outcome.OF_STREAM);
		this.metrics.consumer("ORDERS", "payment");
		this.metrics.close();
		assertThat(this.registry.getMeters()).isEmpty();
	}

	@Test
	void everyMeterHasADescription() {
		this.metrics.listener("payment", List.of("orders.>"), Outcome.OF_STREAM);
		this.metrics.consumer("ORDERS", "payment");
		assertThat(this.registry.getMeters()).extracting((meter) -> meter.getId().getDescription())
			.allSatisfy((description) -> assertThat(description).isNotEmpty());
		assertThat(this.registry.getMeters()
			.stream()
			.map(Meter::getId)
			.filter((id) -> id.getName().contains(".consumer.")))
			.allSatisfy((id) -> assertThat(id.getBaseUnit()).isEqualTo("messages"));
	}

	private static String consumed(String outcome, int count) {
		return "nats_messages_consumed_total{listener=\"payment\",outcome=\"" + outcome + "\",subject=\"orders.>\"} "
				+ count + ".0";
	}

	private List<String> outcomes(String name) {
		return lines(name).stream().map((line) -> line.replaceAll(".*outcome=\"(\\w+)\".*", "$1")).toList();
	}

	private List<String> lines(String name) {
		return this.registry.scrape().lines().filter((line) -> line.startsWith(name + "{")).toList();
	}

}
