package dev.natsboot.sample.processor.inventory;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.Assert;

/**
 * What is left of each article. Rows are taken in the order of the articles, so that two
 * transactions never wait for each other.
 */
@Transactional
class Stock {

	private static final String STOCK_UP = "INSERT INTO stock (sku, available) VALUES (?, ?) ON CONFLICT DO NOTHING";

	private static final String LOCK = "SELECT sku, available FROM stock WHERE sku IN (:skus) ORDER BY sku FOR UPDATE";

	private static final String TAKE = "UPDATE stock SET available = available - ? WHERE sku = ? AND available >= ?";

	private final JdbcTemplate jdbc;

	private final JdbcClient client;

	private final InventoryProperties properties;

	Stock(JdbcTemplate jdbc, InventoryProperties properties) {
		this.jdbc = jdbc;
		this.client = JdbcClient.create(jdbc);
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
			this.jdbc.batchUpdate(STOCK_UP,
					sorted.stream().map((sku) -> new Object[] { sku, this.properties.initialStock(sku) }).toList());
			available = select(sorted);
		}
		return available;
	}

	/**
	 * Take articles.
	 * @param quantities how many of each, in the order of the articles
	 */
	public void take(Map<String, Long> quantities) {
		List<Object[]> rows = quantities.entrySet()
			.stream()
			.map((entry) -> new Object[] { entry.getValue(), entry.getKey(), entry.getValue() })
			.toList();
		for (int count : this.jdbc.batchUpdate(TAKE, rows)) {
			Assert.state(count == 1, "The stock was taken by somebody else although it was locked");
		}
	}

	private Map<String, Long> select(Collection<String> skus) {
		Map<String, Long> available = new HashMap<>();
		this.client.sql(LOCK).param("skus", skus).query((row) -> {
			available.put(row.getString("sku"), row.getLong("available"));
		});
		return available;
	}

}
