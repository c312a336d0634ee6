package dev.natsboot.sample.processor.inventory;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

import dev.natsboot.sample.processor.event.SqlColumns;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.Assert;

/**
 * What is left of each article. Rows are taken in the order of the articles, so that two
 * transactions never wait for each other.
 */
@Transactional
class Stock {

	private static final String STOCK_UP = """
			INSERT INTO stock (sku, available) SELECT sku, available
			FROM unnest(CAST(? AS VARCHAR ARRAY), CAST(? AS BIGINT ARRAY)) AS article (sku, available)
			ON CONFLICT DO NOTHING""";

	private static final String LOCK = "SELECT sku, available FROM stock WHERE sku = ANY(?) ORDER BY sku FOR UPDATE";

	private static final String TAKE = """
			MERGE INTO stock USING (SELECT sku, quantity
			FROM unnest(CAST(? AS VARCHAR ARRAY), CAST(? AS BIGINT ARRAY)) AS item (sku, quantity)) AS taken
			ON stock.sku = taken.sku
			WHEN MATCHED AND stock.available >= taken.quantity THEN UPDATE SET available = stock.available - taken.quantity""";

	private final JdbcClient jdbc;

	private final InventoryProperties properties;

	Stock(JdbcClient jdbc, InventoryProperties properties) {
		this.jdbc = jdbc;
		this.properties = properties;
	}

	/**
	 * Keep others from taking articles until the transaction ends.
	 * @param skus the articles; those that were never ordered before are stocked up
	 * @return what is available of each
	 */
	public Map<String, Long> lock(Collection<String> skus) {
		TreeSet<String> sorted = new TreeSet<>(skus);
		Map<String, Long> available = select(sorted);
		if (available.size() < sorted.size()) {
			this.jdbc.sql(STOCK_UP)
				.param(SqlColumns.text(sorted, Function.identity()))
				.param(SqlColumns.numeric(sorted, this.properties::initialStock))
				.update();
			available = select(sorted);
		}
		return available;
	}

	/**
	 * Take articles.
	 * @param quantities how many of each, in the order of the articles
	 */
	public void take(Map<String, Long> quantities) {
		int changed = this.jdbc.sql(TAKE)
			.param(SqlColumns.text(quantities.keySet(), Function.identity()))
			.param(SqlColumns.numeric(quantities.values(), Function.identity()))
			.update();
		Assert.state(changed == quantities.size(), "The stock was taken by somebody else although it was locked");
	}

	private Map<String, Long> select(Collection<String> skus) {
		Map<String, Long> available = new HashMap<>();
		this.jdbc.sql(LOCK).param(SqlColumns.text(skus, Function.identity())).query((row) -> {
			available.put(row.getString("sku"), row.getLong("available"));
		});
		return available;
	}

}
