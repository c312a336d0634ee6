package dev.natsboot.sample.processor.gateway;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.natsboot.sample.processor.ProcessorApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(classes = ProcessorApplication.class,
		properties = "spring.datasource.url=jdbc:h2:mem:gateway;MODE=PostgreSQL")
@ActiveProfiles("gateway")
@AutoConfigureMockMvc
class GatewayTests {

	private static final String CHARGE = """
			{"idempotencyKey": "%s", "orderId": "%s", "amount": 12.50}""";

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private ChargeLedger ledger;

	@Autowired
	private JdbcTemplate jdbc;

	@BeforeEach
	void empty() {
		this.jdbc.update("DELETE FROM charge");
	}

	@AfterEach
	void repair() {
		switches("""
				{"declineRate": 0.02, "failureRate": 0, "throttled": false, "outage": false, "latency": 0}""");
	}

	@Test
	void givesTheSameAnswerToTheSameKeyAndChargesOnce() {
		MvcTestResult first = post("/charges", "[" + charge("k-1", "o-1") + "," + charge("k-2", "o-2") + "]");
		MvcTestResult second = post("/charges", "[" + charge("k-2", "o-2") + "," + charge("k-1", "o-1") + "]");
		assertThat(first).hasStatusOk()
			.bodyJson()
			.extractingPath("$[*].idempotencyKey")
			.isEqualTo(List.of("k-1", "k-2"));
		assertThat(this.jdbc.queryForList("SELECT charge_id FROM charge ORDER BY idempotency_key", String.class))
			.satisfies((ids) -> assertThat(first).bodyJson().extractingPath("$[*].chargeId").isEqualTo(ids));
		assertThat(second).bodyJson().extractingPath("$[*].idempotencyKey").isEqualTo(List.of("k-2", "k-1"));
		assertThat(charges()).isEqualTo(2);
	}

	@Test
	void chargesASingleOrder() {
		assertThat(post("/charge", charge("k-1", "o-1"))).hasStatusOk()
			.bodyJson()
			.extractingPath("$.outcome")
			.isIn("APPROVED", "DECLINED");
	}

	@Test
	void declinesTheConfiguredShareAndTheSameOrdersEachTime() {
		List<Charge> orders = IntStream.range(0, 5000)
			.mapToObj((i) -> new Charge("k-" + i, "o-" + i, BigDecimal.TEN))
			.toList();
		List<ChargeAnswer.Outcome> first = this.ledger.charge(orders).stream().map(ChargeAnswer::outcome).toList();
		empty();
		List<ChargeAnswer.Outcome> second = this.ledger.charge(orders).stream().map(ChargeAnswer::outcome).toList();
		assertThat(second).isEqualTo(first);
		assertThat(first).filteredOn((outcome) -> outcome == ChargeAnswer.Outcome.DECLINED).hasSizeBetween(60, 140);
		assertThat(this.ledger.summary().values())
			.satisfies((counts) -> assertThat(counts.stream().mapToLong(Long::longValue).sum()).isEqualTo(5000));
	}

	@Test
	void chargesOnceWhenTheSameKeyComesFromManyThreads() throws Exception {
		List<Charge> orders = IntStream.range(0, 50)
			.mapToObj((i) -> new Charge("k-" + i, "o-" + i, BigDecimal.TEN))
			.toList();
		ExecutorService threads = Executors.newFixedThreadPool(8);
		try {
			Callable<List<ChargeAnswer>> call = () -> this.ledger.charge(orders);
			List<Future<List<ChargeAnswer>>> answers = threads.invokeAll(Collections.nCopies(8, call), 30,
					TimeUnit.SECONDS);
			for (Future<List<ChargeAnswer>> answer : answers) {
				assertThat(answer.get()).isEqualTo(answers.get(0).get());
			}
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(charges()).isEqualTo(50);
	}

	@Test
	void failsAfterTheChargeAndBeforeItInTurn() {
		switches("{\"failureRate\": 1}");
		for (int i = 0; i < 4; i++) {
			assertThat(post("/charges", "[" + charge("k-" + i, "o-" + i) + "]"))
				.hasStatus(HttpStatus.INTERNAL_SERVER_ERROR);
		}
		assertThat(charges()).isEqualTo(2);
	}

	@Test
	void throttlesWithRetryAfter() {
		switches("{\"throttled\": true}");
		assertThat(post("/charge", charge("k-1", "o-1"))).hasStatus(HttpStatus.TOO_MANY_REQUESTS)
			.hasHeader("Retry-After", "1");
		assertThat(this.mvc.get().uri("/status")).hasStatus(HttpStatus.TOO_MANY_REQUESTS);
	}

	@Test
	void isUnavailableDuringAnOutageAndKeepsTheOtherSwitches() {
		switches("{\"declineRate\": 0.5}");
		switches("{\"outage\": true}");
		assertThat(post("/charge", charge("k-1", "o-1"))).hasStatus(HttpStatus.SERVICE_UNAVAILABLE);
		assertThat(this.mvc.get().uri("/switches")).bodyJson().extractingPath("$.declineRate").isEqualTo(0.5);
		switches("{\"outage\": false}");
		assertThat(this.mvc.get().uri("/status")).hasStatusOk();
	}

	@Test
	void refusesAShareAboveOne() {
		assertThat(
				this.mvc.put().uri("/switches").contentType(MediaType.APPLICATION_JSON).content("{\"failureRate\": 2}"))
			.hasStatus(HttpStatus.BAD_REQUEST);
	}

	private static String charge(String key, String orderId) {
		return CHARGE.formatted(key, orderId);
	}

	private MvcTestResult post(String uri, String body) {
		return this.mvc.post().uri(uri).contentType(MediaType.APPLICATION_JSON).content(body).exchange();
	}

	private void switches(String body) {
		assertThat(this.mvc.put().uri("/switches").contentType(MediaType.APPLICATION_JSON).content(body)).hasStatusOk();
	}

	private long charges() {
		Long charges = this.jdbc.queryForObject("SELECT COUNT(*) FROM charge", Long.class);
		return (charges != null) ? charges : 0;
	}

}
