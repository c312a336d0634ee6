package dev.natsboot.faults;

import java.util.List;
import java.util.Map;

import dev.natsboot.faults.processor.LedgerEntry;
import dev.natsboot.faults.processor.LedgerEntry.Event;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FaultTableTests {

	@Test
	void aLineSaysHowManyRecoveriesTookMoreThanHalfASecond() {
		List<String> lines = lines(new Injection(FaultKind.SERVER_KILLED, 100, false, 5, List.of(10L, 30L, 501L)));
		assertThat(lines)
			.anySatisfy((line) -> assertThat(line).endsWith("| recovery median | worst    | over 500 ms |"));
		assertThat(lines.get(lines.size() - 1)).startsWith("| nats-server killed (-9) ")
			.endsWith("|           30 ms |   501 ms |      1 of 3 |");
	}

	@Test
	void whatWasNotMeasuredIsEmpty() {
		List<String> lines = lines(new Injection(FaultKind.LATENCY, 100, false, 5, List.of()));
		assertThat(lines.get(lines.size() - 1)).endsWith("|                 |          |             |");
	}

	@Test
	void theSumsSayHowManyRecoveriesCameLate() {
		List<String> lines = lines(new Injection(FaultKind.SERVER_KILLED, 100, false, 5, List.of(10L, 30_000L)));
		assertThat(lines).anySatisfy((line) -> assertThat(line).contains("stuck 0, recovered late 1;"));
	}

	@Test
	void aLineSaysHowManyDuplicatesHandlersHaveSeen() {
		Injection injection = new Injection(FaultKind.SERVER_KILLED, 100, false, 5, List.of());
		List<LedgerEntry> entries = List.of(new LedgerEntry(Event.CHARGED, "PLAIN-1", 1, 110),
				new LedgerEntry(Event.DUPLICATE, "PLAIN-1", 0, 120),
				new LedgerEntry(Event.DUPLICATE, "PLAIN-1", 0, 130), new LedgerEntry(Event.BEGUN, "PLAIN-1", 4, 140));
		List<String> lines = lines(new Evidence(Map.of(), Map.of(), Map.of(), entries, 0, List.of(injection)));
		assertThat(lines)
			.anySatisfy((line) -> assertThat(line).contains("| duplicates recognised | seen by handlers |"))
			.anySatisfy((line) -> assertThat(line).endsWith("duplicates recognised 2, seen by handlers 1."));
		assertThat(lines.get(lines.size() - 1)).contains("|                     2 |                1 |");
	}

	@Test
	void allColumnsHaveTheSameWidthInEachLine() {
		List<String> lines = lines(new Injection(FaultKind.NODE_LAME_DUCK, 100, false, 5, List.of(30_000L)));
		assertThat(lines.stream().filter((line) -> line.startsWith("|")).map(String::length).distinct()).hasSize(1);
	}

	private static List<String> lines(Injection injection) {
		return lines(new Evidence(Map.of(), Map.of(), Map.of(), List.of(), 0, List.of(injection)));
	}

	private static List<String> lines(Evidence run) {
		return FaultTable.lines(FaultReport.of(FaultOptions.parse(), "2.15.1", List.of(run)));
	}

}
