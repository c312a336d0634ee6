package dev.natsboot.benchmark.program;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a program is told on its command line.
 *
 * @param url the server
 * @param role what it does
 * @param json whether payloads are JSON, made from and into records
 * @param size the size of a payload in bytes
 * @param threads how many handlers, callers or listeners there are
 * @param batch how many messages are fetched or handled at a time
 * @param warmUp how many messages go before those that are measured
 * @param messages how many messages are measured
 * @param tuned whether the client's options are the best ones instead of the defaults
 * @param headers whether messages have what those of the starter have: an identity in a
 * stream, and a content type outside of it
 * @param consumer the durable consumer
 * @param result the file for the figures
 * @param parent the process without which it ends
 */
public record ProgramSettings(String url, Role role, boolean json, int size, int threads, int batch, int warmUp,
		int messages, boolean tuned, boolean headers, String consumer, Path result, long parent) {

	/**
	 * The subject of everything that is published without JetStream.
	 */
	public static final String SUBJECT = "benchmark.messages";

	/**
	 * Where a consumer says how far it has come.
	 */
	public static final String PROGRESS = "benchmark.progress";

	/**
	 * Where publishers to streams publish.
	 */
	public static final String STORED = "benchmark.stored";

	/**
	 * The stream that publishers to streams publish to.
	 */
	public static final String STORED_STREAM = "BENCHMARK-STORED";

	private static final String PREFIX = "--benchmark.";

	static ProgramSettings parse(String... arguments) {
		Map<String, String> values = Stream.of(arguments)
			.filter((argument) -> argument.startsWith(PREFIX))
			.map((argument) -> argument.substring(PREFIX.length()).split("=", 2))
			.collect(Collectors.toMap((pair) -> pair[0], (pair) -> pair[1]));
		return new ProgramSettings(value(values, "url"), Role.valueOf(value(values, "role")),
				Boolean.parseBoolean(value(values, "json")), Integer.parseInt(value(values, "size")),
				Integer.parseInt(value(values, "threads")), Integer.parseInt(value(values, "batch")),
				Integer.parseInt(value(values, "warm-up")), Integer.parseInt(value(values, "messages")),
				Boolean.parseBoolean(value(values, "tuned")), Boolean.parseBoolean(value(values, "headers")),
				value(values, "consumer"), Path.of(value(values, "result")), Long.parseLong(value(values, "parent")));
	}

	private static String value(Map<String, String> values, String name) {
		String value = values.get(name);
		if (value == null) {
			throw new IllegalArgumentException(PREFIX + name + " is missing");
		}
		return value;
	}

	/**
	 * Return what {@link #parse} understands.
	 * @return the arguments
	 */
	public List<String> arguments() {
		Map<String, Object> values = Map.ofEntries(Map.entry("url", this.url), Map.entry("role", this.role),
				Map.entry("json", this.json), Map.entry("size", this.size), Map.entry("threads", this.threads),
				Map.entry("batch", this.batch), Map.entry("warm-up", this.warmUp), Map.entry("messages", this.messages),
				Map.entry("tuned", this.tuned), Map.entry("headers", this.headers),
				Map.entry("consumer", this.consumer), Map.entry("result", this.result),
				Map.entry("parent", this.parent));
		List<String> arguments = new ArrayList<>();
		values.forEach((name, value) -> arguments.add(PREFIX + name + "=" + value));
		return arguments;
	}

	public ProgramSettings with(Role role) {
		return new ProgramSettings(this.url, role, this.json, this.size, this.threads, this.batch, this.warmUp,
				this.messages, this.tuned, this.headers, this.consumer, this.result, this.parent);
	}

	/**
	 * The same, with as many messages at a time.
	 * @param size how many messages are fetched or handled at a time
	 * @return the settings
	 */
	public ProgramSettings batch(int size) {
		return new ProgramSettings(this.url, this.role, this.json, this.size, this.threads, size, this.warmUp,
				this.messages, this.tuned, this.headers, this.consumer, this.result, this.parent);
	}

	/**
	 * The same, on another server.
	 * @param other its URL
	 * @return the settings
	 */
	public ProgramSettings at(String other) {
		return new ProgramSettings(other, this.role, this.json, this.size, this.threads, this.batch, this.warmUp,
				this.messages, this.tuned, this.headers, this.consumer, this.result, this.parent);
	}

	/**
	 * Return the stream that is consumed.
	 * @return its name, and its only subject
	 */
	public String stream() {
		return "BENCHMARK-" + (this.json ? "JSON-" : "BYTES-") + this.size;
	}

	Object payload() {
		return this.json ? Order.ofSize(this.size) : Order.bytes(this.size);
	}

	void endWithParent() {
		ProcessHandle.of(this.parent).orElseThrow().onExit().thenRun(() -> Runtime.getRuntime().halt(1));
	}

}
