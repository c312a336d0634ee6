package dev.natsboot.topology;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import dev.natsboot.core.Durations;
import io.nats.client.support.JsonSerializable;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ObjectUtils;
import org.springframework.util.unit.DataSize;
import org.springframework.util.unit.DataUnit;

/**
 * Writes values as they are written in properties.
 */
final class Values {

	private Values() {
	}

	static String text(@Nullable Object value) {
		if (ObjectUtils.isEmpty(value)) {
			return "none";
		}
		if (value instanceof Duration duration) {
			return Durations.text(duration);
		}
		if (value instanceof Enum<?> constant) {
			return constant.name().toLowerCase(Locale.ROOT);
		}
		if (value instanceof Collection<?> collection) {
			return collection.stream().map(Values::text).collect(Collectors.joining(","));
		}
		if (value instanceof Map<?, ?> map) {
			return map.entrySet().stream().map(Object::toString).sorted().collect(Collectors.joining(","));
		}
		return (value instanceof JsonSerializable json) ? json.toJson() : value.toString();
	}

	/**
	 * The value in a form that equals another one with the same content, which not all of
	 * the client's types do by themselves.
	 */
	static @Nullable Object comparable(@Nullable Object value) {
		if (value instanceof JsonSerializable json) {
			return json.toJson();
		}
		return (value instanceof List<?> list) ? list.stream().map(Values::comparable).toList() : value;
	}

	static String bytes(@Nullable Number bytes) {
		if (bytes == null) {
			return "none";
		}
		long value = bytes.longValue();
		if (value > 0) {
			for (DataUnit unit : new DataUnit[] { DataUnit.TERABYTES, DataUnit.GIGABYTES, DataUnit.MEGABYTES,
					DataUnit.KILOBYTES }) {
				long size = DataSize.of(1, unit).toBytes();
				if (value % size == 0) {
					return value / size + suffix(unit);
				}
			}
		}
		return value + "B";
	}

	private static String suffix(DataUnit unit) {
		return unit.name().charAt(0) + "B";
	}

}
