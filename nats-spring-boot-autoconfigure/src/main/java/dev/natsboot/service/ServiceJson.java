package dev.natsboot.service;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.nats.client.support.DateTimeUtils;
import io.nats.client.support.JsonParseException;
import io.nats.client.support.JsonParser;
import io.nats.client.support.JsonValue;
import io.nats.client.support.JsonValueUtils;
import io.nats.client.support.JsonValueUtils.ArrayBuilder;
import io.nats.client.support.JsonValueUtils.MapBuilder;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The messages of ADR-32, with the JSON support of the NATS client, because the
 * application may have none.
 */
final class ServiceJson {

	private static final String TYPE_PREFIX = "io.nats.micro.v1.";

	private ServiceJson() {
	}

	static byte[] write(ServiceInstance instance) {
		return bytes(instance(instance, "ping_response"));
	}

	static byte[] write(ServiceInfo info) {
		ArrayBuilder endpoints = JsonValueUtils.arrayBuilder();
		for (ServiceInfo.Endpoint each : info.endpoints()) {
			endpoints.add(JsonValueUtils.mapBuilder()
				.put("name", each.name())
				.put("subject", each.subject())
				.put("queue_group", each.queue())
				.put("metadata", each.metadata())
				.toJsonValue());
		}
		return bytes(instance(info.instance(), "info_response")
			.put("description", (info.description() != null) ? new JsonValue(info.description()) : new JsonValue(""))
			.put("endpoints", endpoints.toJsonValue()));
	}

	static byte[] write(ServiceStats stats) {
		ArrayBuilder endpoints = JsonValueUtils.arrayBuilder();
		for (ServiceStats.Endpoint each : stats.endpoints()) {
			endpoints.add(JsonValueUtils.mapBuilder()
				.put("name", each.name())
				.put("subject", each.subject())
				.put("queue_group", each.queue())
				.put("num_requests", each.requests())
				.put("num_errors", each.errors())
				.put("last_error", new JsonValue((each.lastError() != null) ? each.lastError() : ""))
				.put("processing_time", each.processingTime().toNanos())
				.put("average_processing_time", each.averageProcessingTime().toNanos())
				.toJsonValue());
		}
		return bytes(instance(stats.instance(), "stats_response").put("started", time(stats.started()))
			.put("endpoints", endpoints.toJsonValue()));
	}

	static ServiceInstance readInstance(byte[] json) {
		return instance(parse(json));
	}

	static ServiceInfo readInfo(byte[] json) {
		JsonValue value = parse(json);
		return new ServiceInfo(instance(value), JsonValueUtils.readStringEmptyAsNull(value, "description"),
				endpoints(value, (each) -> new ServiceInfo.Endpoint(required(each, "name"), required(each, "subject"),
						JsonValueUtils.readStringEmptyAsNull(each, "queue_group"), metadata(each))));
	}

	static ServiceStats readStats(byte[] json) {
		JsonValue value = parse(json);
		ZonedDateTime started = JsonValueUtils.readDate(value, "started");
		return new ServiceStats(instance(value), (started != null) ? started.toInstant() : null,
				endpoints(value,
						(each) -> new ServiceStats.Endpoint(required(each, "name"), required(each, "subject"),
								JsonValueUtils.readStringEmptyAsNull(each, "queue_group"),
								JsonValueUtils.readLong(each, "num_requests", 0),
								JsonValueUtils.readLong(each, "num_errors", 0),
								Duration.ofNanos(JsonValueUtils.readLong(each, "processing_time", 0)),
								JsonValueUtils.readStringEmptyAsNull(each, "last_error"))));
	}

	private static MapBuilder instance(ServiceInstance instance, String type) {
		return JsonValueUtils.mapBuilder()
			.put("name", instance.name())
			.put("id", instance.id())
			.put("version", instance.version())
			.put("metadata", instance.metadata())
			.put("type", TYPE_PREFIX + type);
	}

	private static byte[] bytes(MapBuilder json) {
		return json.toJson().getBytes(UTF_8);
	}

	private static @Nullable String time(@Nullable Instant instant) {
		return (instant != null) ? DateTimeUtils.toRfc3339(instant.atZone(ZoneOffset.UTC)) : null;
	}

	private static JsonValue parse(byte[] json) {
		try {
			return JsonParser.parse(json);
		}
		catch (JsonParseException ex) {
			throw new IllegalArgumentException("Not the JSON of a service message: " + ex.getMessage(), ex);
		}
	}

	private static ServiceInstance instance(JsonValue value) {
		return new ServiceInstance(required(value, "name"), required(value, "id"), required(value, "version"),
				metadata(value));
	}

	private static String required(JsonValue value, String name) {
		String text = JsonValueUtils.readStringEmptyAsNull(value, name);
		if (text == null) {
			throw new IllegalArgumentException("Not a service message: '" + name + "' is missing");
		}
		return text;
	}

	private static Map<String, String> metadata(JsonValue value) {
		Map<String, String> metadata = JsonValueUtils.readStringStringMap(value, "metadata");
		return (metadata != null) ? metadata : Map.of();
	}

	private static <T> List<T> endpoints(JsonValue value, Function<JsonValue, T> reader) {
		JsonValue endpoints = JsonValueUtils.readValue(value, "endpoints");
		return (endpoints != null) ? JsonValueUtils.listOf(endpoints, reader) : List.of();
	}

}
