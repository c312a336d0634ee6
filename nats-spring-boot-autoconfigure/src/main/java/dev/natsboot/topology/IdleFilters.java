package dev.natsboot.topology;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.nats.client.api.StreamConfiguration;

import org.springframework.util.CollectionUtils;

/**
 * Filter subjects of a consumer that have nothing in common with its stream's subjects.
 * Before version 2.10 the server refuses them.
 */
final class IdleFilters {

	private IdleFilters() {
	}

	static Optional<String> describe(String consumer, List<String> filters, StreamConfiguration stream) {
		List<String> idle = isFedByOthers(stream) ? List.of()
				: filters.stream().filter((filter) -> isIdle(filter, stream)).toList();
		return idle.isEmpty() ? Optional.empty() : Optional.of(text(consumer, idle, stream));
	}

	private static boolean isFedByOthers(StreamConfiguration stream) {
		return stream.getMirror() != null || !CollectionUtils.isEmpty(stream.getSources())
				|| stream.getSubjectTransform() != null;
	}

	private static boolean isIdle(String filter, StreamConfiguration stream) {
		return stream.getSubjects().stream().noneMatch((subject) -> SubjectCoverage.overlap(filter, subject));
	}

	private static String text(String consumer, List<String> idle, StreamConfiguration stream) {
		String all = Stream.concat(stream.getSubjects().stream(), idle.stream()).collect(Collectors.joining(","));
		return "consumer '" + consumer + "' gets no new message of " + idle + ", as stream '" + stream.getName()
				+ "' stores " + stream.getSubjects() + ": correct the subject, or add it to the stream, for example "
				+ "nats.jetstream.streams." + stream.getName() + ".subjects=" + all;
	}

}
