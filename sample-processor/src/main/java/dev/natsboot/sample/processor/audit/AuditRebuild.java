package dev.natsboot.sample.processor.audit;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Rebuilds the state of orders from nothing but the archive.
 */
class AuditRebuild {

	private static final Log logger = LogFactory.getLog(AuditRebuild.class);

	private final AuditArchive archive;

	private final JsonMapper json;

	AuditRebuild(AuditArchive archive, JsonMapper json) {
		this.archive = archive;
		this.json = json;
	}

	/**
	 * Read the archive. What was published by somebody else and names no order is
	 * archived, too, and belongs to none.
	 * @return all orders by their id
	 */
	Map<String, RebuiltOrder> orders() {
		Map<String, RebuiltOrder> orders = new LinkedHashMap<>();
		for (AuditEvent event : events()) {
			JsonNode payload = read(event);
			String orderId = payload.path("orderId").asString("");
			if (!orderId.isEmpty()) {
				RebuiltOrder order = orders.getOrDefault(orderId, RebuiltOrder.of(orderId));
				orders.put(orderId, order.with(event, payload.path("status").asString("")));
			}
		}
		return orders;
	}

	private JsonNode read(AuditEvent event) {
		try {
			return this.json.readTree(event.data());
		}
		catch (JacksonException ex) {
			logger.debug("Event " + event.sequence() + " of stream " + event.stream() + " isn't JSON", ex);
			return this.json.missingNode();
		}
	}

	/*
	 * After a redelivery an event may be in more than one segment.
	 */
	private List<AuditEvent> events() {
		return this.archive.segments()
			.stream()
			.map(this.archive::read)
			.flatMap(Collection::stream)
			.collect(Collectors.toMap((event) -> event.stream() + ":" + event.sequence(), Function.identity(),
					(one, same) -> one))
			.values()
			.stream()
			.sorted(Comparator.comparing(AuditEvent::storedAt))
			.toList();
	}

}
