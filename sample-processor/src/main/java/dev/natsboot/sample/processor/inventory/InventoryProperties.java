package dev.natsboot.sample.processor.inventory;

import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is in stock when an article is ordered for the first time.
 *
 * @param initialStock of every article that isn't listed
 * @param stock by article
 */
@ConfigurationProperties("sample.inventory")
record InventoryProperties(@DefaultValue("1000000") long initialStock, @DefaultValue Map<String, Long> stock) {

	long initialStock(String sku) {
		return this.stock.getOrDefault(sku, this.initialStock);
	}

}
