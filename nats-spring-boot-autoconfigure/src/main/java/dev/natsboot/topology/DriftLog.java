package dev.natsboot.topology;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import dev.natsboot.topology.TopologyDifference.Kind;

/**
 * Reports differences that are tolerated, once and not after every reconnect.
 */
final class DriftLog {

	private static final Log logger = LogFactory.getLog(DriftLog.class);

	private final Map<String, List<TopologyDifference>> reported = new ConcurrentHashMap<>();

	/**
	 * Report the differences, or throw them in a mode that doesn't tolerate any.
	 */
	void tolerate(String target, List<TopologyDifference> differences, ProvisioningMode mode) {
		if (!differences.isEmpty() && mode != ProvisioningMode.CREATE) {
			throw new TopologyException(differences);
		}
		report(target, differences);
	}

	private void report(String target, List<TopologyDifference> differences) {
		List<TopologyDifference> previous = differences.isEmpty() ? this.reported.remove(target)
				: this.reported.put(target, differences);
		if (differences.isEmpty() || differences.equals(previous)) {
			return;
		}
		String text = differences.stream()
			.map((difference) -> difference.summary() + ". " + difference.advice())
			.collect(Collectors.joining("; ", "JetStream " + target + " differs: ", ""));
		if (differences.stream().anyMatch((difference) -> difference.kind() == Kind.UNSUPPORTED)) {
			logger.error(text);
		}
		else {
			logger.warn(text);
		}
	}

	/**
	 * What differs at this moment, by target.
	 */
	Map<String, List<TopologyDifference>> current() {
		return Map.copyOf(this.reported);
	}

}
