package dev.natsboot.sample.processor.gateway;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.natsboot.sample.processor.gateway.ChargeAnswer.Outcome;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/**
 * The gateway's books: one row for each idempotency key, whatever merchants repeat.
 */
class ChargeLedger {

	private static final String INSERT = """
			INSERT INTO charge (charge_id, idempotency_key, order_id, amount, outcome, created_at)
			VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""";

	private static final String SELECT = """
			SELECT idempotency_key, order_id, charge_id, outcome FROM charge WHERE idempotency_key IN (:keys)""";

	private static final String SUMMARY = "SELECT outcome, COUNT(*) AS charges FROM charge GROUP BY outcome";

	private final JdbcTemplate jdbc;

	private final JdbcClient client;

	private final SwitchBoard switches;

	ChargeLedger(JdbcTemplate jdbc, SwitchBoard switches) {
		this.jdbc = jdbc;
		this.client = JdbcClient.create(jdbc);
		this.switches = switches;
	}

	@Transactional
	public List<ChargeAnswer> charge(List<Charge> charges) {
		Map<String, ChargeAnswer> answers = new TreeMap<>();
		charges.forEach((charge) -> answers.put(charge.idempotencyKey(), answer(charge)));
		Set<String> known = insert(charges, answers);
		if (!known.isEmpty()) {
			select(known).forEach((answer) -> answers.put(answer.idempotencyKey(), answer));
		}
		return charges.stream().map((charge) -> answers.get(charge.idempotencyKey())).toList();
	}

	Map<Outcome, Long> summary() {
		Map<Outcome, Long> summary = new EnumMap<>(Outcome.class);
		this.jdbc.query(SUMMARY, (row) -> {
			summary.put(Outcome.valueOf(row.getString("outcome")), row.getLong("charges"));
		});
		return summary;
	}

	private ChargeAnswer answer(Charge charge) {
		return new ChargeAnswer(charge.idempotencyKey(), charge.orderId(), UUID.randomUUID().toString(),
				this.switches.outcome(charge));
	}

	private Set<String> insert(List<Charge> charges, Map<String, ChargeAnswer> answers) {
		Timestamp now = Timestamp.from(Instant.now());
		Map<String, BigDecimal> amounts = new HashMap<>();
		charges.forEach((charge) -> amounts.put(charge.idempotencyKey(), charge.amount()));
		List<ChargeAnswer> sorted = List.copyOf(answers.values());
		int[] inserted = this.jdbc.batchUpdate(INSERT,
				sorted.stream()
					.map((answer) -> new Object[] { answer.chargeId(), answer.idempotencyKey(), answer.orderId(),
							amounts.get(answer.idempotencyKey()), answer.outcome().name(), now })
					.toList());
		return IntStream.range(0, inserted.length)
			.filter((i) -> inserted[i] == 0)
			.mapToObj((i) -> sorted.get(i).idempotencyKey())
			.collect(Collectors.toSet());
	}

	private List<ChargeAnswer> select(Set<String> keys) {
		return this.client.sql(SELECT)
			.param("keys", keys)
			.query((row, number) -> new ChargeAnswer(row.getString("idempotency_key"), row.getString("order_id"),
					row.getString("charge_id"), Outcome.valueOf(row.getString("outcome"))))
			.list();
	}

}
