package dev.natsboot.sample.processor.gateway;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

import dev.natsboot.sample.processor.event.SqlColumns;
import dev.natsboot.sample.processor.gateway.ChargeAnswer.Outcome;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The gateway's books: one row for each idempotency key, whatever merchants repeat.
 */
class ChargeLedger {

	private static final String INSERT = """
			INSERT INTO charge (charge_id, idempotency_key, order_id, amount, outcome, created_at)
			SELECT charge_id, idempotency_key, order_id, amount, outcome, CURRENT_TIMESTAMP
			FROM unnest(CAST(? AS VARCHAR ARRAY), CAST(? AS VARCHAR ARRAY), CAST(? AS VARCHAR ARRAY),
			CAST(? AS NUMERIC ARRAY), CAST(? AS VARCHAR ARRAY))
			AS answer (charge_id, idempotency_key, order_id, amount, outcome)
			ON CONFLICT DO NOTHING""";

	private static final String SELECT = """
			SELECT idempotency_key, order_id, charge_id, outcome FROM charge WHERE idempotency_key = ANY(?)""";

	private static final String SUMMARY = "SELECT outcome, COUNT(*) AS charges FROM charge GROUP BY outcome";

	private final JdbcClient jdbc;

	private final SwitchBoard switches;

	ChargeLedger(JdbcClient jdbc, SwitchBoard switches) {
		this.jdbc = jdbc;
		this.switches = switches;
	}

	/**
	 * Charge customers. The rows are written in the order of their keys, so that two
	 * calls never wait for each other.
	 * @param charges what merchants ask for
	 * @return an answer for each of them
	 */
	List<ChargeAnswer> charge(List<Charge> charges) {
		Map<String, Charge> unique = new TreeMap<>();
		charges.forEach((charge) -> unique.put(charge.idempotencyKey(), charge));
		Map<String, ChargeAnswer> answers = new TreeMap<>();
		unique.forEach((key, charge) -> answers.put(key, answer(charge)));
		if (insert(unique.values(), answers.values()) < unique.size()) {
			select(unique.keySet()).forEach((answer) -> answers.put(answer.idempotencyKey(), answer));
		}
		return charges.stream().map((charge) -> answers.get(charge.idempotencyKey())).toList();
	}

	Map<Outcome, Long> summary() {
		Map<Outcome, Long> summary = new EnumMap<>(Outcome.class);
		this.jdbc.sql(SUMMARY).query((row) -> {
			summary.put(Outcome.valueOf(row.getString("outcome")), row.getLong("charges"));
		});
		return summary;
	}

	private ChargeAnswer answer(Charge charge) {
		return new ChargeAnswer(charge.idempotencyKey(), charge.orderId(), UUID.randomUUID().toString(),
				this.switches.outcome(charge));
	}

	private int insert(Collection<Charge> charges, Collection<ChargeAnswer> answers) {
		return this.jdbc.sql(INSERT)
			.param(SqlColumns.text(answers, ChargeAnswer::chargeId))
			.param(SqlColumns.text(answers, ChargeAnswer::idempotencyKey))
			.param(SqlColumns.text(answers, ChargeAnswer::orderId))
			.param(SqlColumns.numeric(charges, Charge::amount))
			.param(SqlColumns.text(answers, (answer) -> answer.outcome().name()))
			.update();
	}

	private List<ChargeAnswer> select(Set<String> keys) {
		return this.jdbc.sql(SELECT)
			.param(SqlColumns.text(keys, Function.identity()))
			.query((row, number) -> new ChargeAnswer(row.getString("idempotency_key"), row.getString("order_id"),
					row.getString("charge_id"), Outcome.valueOf(row.getString("outcome"))))
			.list();
	}

}
