package dev.natsboot.sample.processor.gateway;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

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
		Timestamp now = Timestamp.from(Instant.now());
		this.jdbc.batchUpdate(INSERT,
				charges.stream()
					.sorted(Comparator.comparing(Charge::idempotencyKey))
					.map((charge) -> row(charge, now))
					.toList());
		Map<String, ChargeAnswer> answers = this.client.sql(SELECT)
			.param("keys", charges.stream().map(Charge::idempotencyKey).toList())
			.query(ChargeAnswer.class)
			.stream()
			.collect(Collectors.toMap(ChargeAnswer::idempotencyKey, Function.identity()));
		return charges.stream().map((charge) -> answers.get(charge.idempotencyKey())).toList();
	}

	Map<Outcome, Long> summary() {
		Map<Outcome, Long> summary = new EnumMap<>(Outcome.class);
		this.jdbc.query(SUMMARY, (row) -> {
			summary.put(Outcome.valueOf(row.getString("outcome")), row.getLong("charges"));
		});
		return summary;
	}

	private Object[] row(Charge charge, Timestamp now) {
		return new Object[] { UUID.randomUUID().toString(), charge.idempotencyKey(), charge.orderId(), charge.amount(),
				this.switches.outcome(charge).name(), now };
	}

}
