package dev.natsboot.topology;

import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a stream, a consumer or a bucket is missing or isn't as declared and may
 * not or can't be made so. The message lists every difference with what to change.
 */
public class TopologyException extends IllegalStateException {

	private static final long serialVersionUID = 1L;

	private final transient List<TopologyDifference> differences;

	/**
	 * Create an exception for a refusal of the server or for a wrong declaration.
	 * @param message says what is wrong, with a working example
	 * @param cause the server's refusal, or {@code null}
	 */
	public TopologyException(String message, @Nullable Throwable cause) {
		super(message, cause);
		this.differences = List.of();
	}

	/**
	 * Create an exception that lists differences.
	 * @param differences all that were found
	 */
	public TopologyException(List<TopologyDifference> differences) {
		super(describe(differences));
		this.differences = List.copyOf(differences);
	}

	private TopologyException(List<TopologyDifference> differences, List<String> refusals, Throwable cause) {
		super(describe(differences) + refusals.stream()
			.map((refusal) -> System.lineSeparator() + "  - " + refusal)
			.collect(Collectors.joining()), cause);
		this.differences = List.copyOf(differences);
	}

	/**
	 * One exception that says all that the given ones say, each thing once.
	 */
	static TopologyException combine(List<TopologyException> exceptions) {
		if (exceptions.size() == 1) {
			return exceptions.get(0);
		}
		List<TopologyDifference> differences = exceptions.stream()
			.flatMap((exception) -> exception.getDifferences().stream())
			.distinct()
			.toList();
		List<String> refusals = exceptions.stream()
			.filter((exception) -> exception.getDifferences().isEmpty())
			.map(Throwable::getMessage)
			.distinct()
			.toList();
		return new TopologyException(differences, refusals, exceptions.get(0));
	}

	/**
	 * The differences that were found.
	 * @return the differences, empty when the server refused or the declaration is wrong
	 */
	public List<TopologyDifference> getDifferences() {
		return (this.differences != null) ? this.differences : List.of();
	}

	private static String describe(List<TopologyDifference> differences) {
		return differences.stream()
			.map((difference) -> System.lineSeparator() + "  - " + difference)
			.collect(Collectors.joining("", "JetStream is not as the application declares it:", ""));
	}

}
