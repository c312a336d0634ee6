package dev.natsboot.autoconfigure;

import java.util.stream.Collectors;

import dev.natsboot.topology.TopologyDifference;
import dev.natsboot.topology.TopologyException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains why an application doesn't start whose streams, consumers or buckets aren't as
 * declared.
 */
class TopologyFailureAnalyzer extends AbstractFailureAnalyzer<TopologyException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, TopologyException cause) {
		if (cause.getDifferences().isEmpty()) {
			return new FailureAnalysis(cause.getMessage(),
					"Correct the declaration, or set nats.jetstream.provisioning=none to start without it.", cause);
		}
		return new FailureAnalysis(description(cause), action(cause), cause);
	}

	private static String description(TopologyException cause) {
		return cause.getDifferences()
			.stream()
			.map((difference) -> "  - " + ((difference.actual() != null) ? difference.target() + ", " : "")
					+ difference.summary())
			.collect(Collectors.joining("%n".formatted(),
					"JetStream is not as the application declares it:%n%n".formatted(), ""));
	}

	private static String action(TopologyException cause) {
		return cause.getDifferences()
			.stream()
			.map(TopologyDifference::advice)
			.distinct()
			.map((advice) -> "  - " + advice)
			.collect(Collectors.joining("%n".formatted()));
	}

}
