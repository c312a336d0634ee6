package dev.natsboot.faults;

import java.util.List;
import java.util.Map;

import dev.natsboot.faults.processor.LedgerEntry;
import dev.natsboot.faults.processor.LedgerEntry.Event;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class VerdictTests {

	private static final Map<String, Long> PUBLISHED = Map.of("PLAIN-1", 150L, "REJECTED-2", 250L);

	private static final Map<String, Integer> CHARGES = Map.of("PLAIN-1", 1);

	private static final Map<String, Integer> DEAD_LETTERS = Map.of("REJECTED-2", 1);

	private static final List<Injection> INJECTIONS = List.of(
			new Injection(FaultKind.SERVER_KILLED, 100, false, 5, List.of(10L, 30L, 20L)),
			new Injection(FaultKind.LATENCY, 200, false, 7, List.of()));

	@Test
	void whatIsChargedOnceOrDeadLetteredOnceIsGood() {
		Evidence evidence = evidence(CHARGES, DEAD_LETTERS, 0);
		assertThat(new Verdict(evidence).isGood()).isTrue();
		assertThat(KindFigures.of(List.of(evidence))).containsExactly(
				new KindFigures(FaultKind.SERVER_KILLED.text(), 1, 5, 0, 0, 0, 0, 0, 20L, 30L, 3, 0),
				new KindFigures(FaultKind.LATENCY.text(), 1, 7, 0, 0, 0, 0, 0, null, null, 0, 0));
	}

	@Test
	void whatIsNowhereIsLostByTheLatestFaultBeforeItWasPublished() {
		Evidence evidence = evidence(Map.of(), DEAD_LETTERS, 0);
		assertThat(new Verdict(evidence).isGood()).isFalse();
		assertThat(new Verdict(evidence).lost()).containsExactly(150L);
		assertThat(KindFigures.of(List.of(evidence))).extracting(KindFigures::lost).containsExactly(1, 0);
	}

	@Test
	void whatTheConsumerStillHasIsStuckAndNotLost() {
		Verdict verdict = new Verdict(evidence(Map.of(), DEAD_LETTERS, 1));
		assertThat(verdict.lost()).isEmpty();
		assertThat(verdict.stuck()).hasSize(1);
		assertThat(verdict.isGood()).isFalse();
	}

	@Test
	void aSecondChargeIsNotGoodAndPutDownToTheFaultBeforeIt() {
		Evidence evidence = evidence(Map.of("PLAIN-1", 2), DEAD_LETTERS, 0);
		assertThat(new Verdict(evidence).isGood()).isFalse();
		assertThat(KindFigures.of(List.of(evidence))).extracting(KindFigures::chargedTwice).containsExactly(0, 1);
	}

	@Test
	void aSecondDeadLetterIsNotGood() {
		assertThat(new Verdict(evidence(CHARGES, Map.of("REJECTED-2", 2), 0)).isGood()).isFalse();
	}

	@Test
	void whatIsChargedAndDeadLetteredIsNotGood() {
		Verdict verdict = new Verdict(evidence(CHARGES, Map.of("REJECTED-2", 1, "PLAIN-1", 1), 0));
		assertThat(verdict.contradictory()).hasSize(1);
		assertThat(verdict.isGood()).isFalse();
	}

	@Test
	void aChargeOfWhatHasToBeRejectedIsNotGood() {
		assertThat(new Verdict(evidence(Map.of("PLAIN-1", 1, "REJECTED-2", 1), Map.of(), 0)).isGood()).isFalse();
	}

	@Test
	void aCallForWhatWasChargedBeforeIsADuplicateThatAHandlerSees() {
		List<LedgerEntry> entries = List.of(new LedgerEntry(Event.BEGUN, "PLAIN-1", 1, 110),
				new LedgerEntry(Event.FAILED, "PLAIN-1", 1, 120), new LedgerEntry(Event.BEGUN, "PLAIN-1", 2, 160),
				new LedgerEntry(Event.CHARGED, "PLAIN-1", 2, 170), new LedgerEntry(Event.BEGUN, "PLAIN-1", 3, 210),
				new LedgerEntry(Event.BEGUN, "REJECTED-2", 1, 260));
		Evidence evidence = new Evidence(PUBLISHED, CHARGES, DEAD_LETTERS, entries, 0, INJECTIONS);
		assertThat(new Verdict(evidence).duplicatesSeen()).containsExactly(210L);
		assertThat(new Verdict(evidence).isGood()).isTrue();
		assertThat(KindFigures.of(List.of(evidence))).extracting(KindFigures::duplicatesSeen).containsExactly(0, 1);
	}

	@Test
	void recoveriesOfMoreThanHalfASecondAreCountedAndDoNotMakeARunBad() {
		List<Injection> injections = List.of(new Injection(FaultKind.SERVER_KILLED, 100, false, 5, List.of(10L, 501L)),
				new Injection(FaultKind.SERVER_KILLED, 200, false, 5, List.of(500L, 9_000L)));
		Evidence evidence = new Evidence(PUBLISHED, CHARGES, DEAD_LETTERS, List.of(), 0, injections);
		assertThat(KindFigures.of(List.of(evidence)))
			.containsExactly(new KindFigures(FaultKind.SERVER_KILLED.text(), 2, 10, 0, 0, 0, 0, 0, 501L, 9_000L, 4, 2));
		assertThat(new Verdict(evidence).isGood()).isTrue();
	}

	@Test
	void aRecoveryOfMoreThanTenSecondsIsNotGoodUnlessItIsThatOfADatabase() {
		assertThat(new Verdict(recovered(FaultKind.SERVER_KILLED, 10_000)).isGood()).isTrue();
		Verdict late = new Verdict(recovered(FaultKind.SERVER_KILLED, 10_001));
		assertThat(late.recoveredLate()).containsExactly(100L);
		assertThat(late.isGood()).isFalse();
		assertThat(new Verdict(recovered(FaultKind.DATABASE_STOPPED, 10_001)).isGood()).isTrue();
	}

	private static Evidence recovered(FaultKind kind, long millis) {
		return new Evidence(PUBLISHED, CHARGES, DEAD_LETTERS, List.of(), 0,
				List.of(new Injection(kind, 100, false, 5, List.of(10L, millis))));
	}

	private static Evidence evidence(Map<String, Integer> charges, Map<String, Integer> deadLetters, long unsettled) {
		List<LedgerEntry> entries = List.of(new LedgerEntry(Event.BEGUN, "PLAIN-1", 1, 160),
				new LedgerEntry(Event.CHARGED, "PLAIN-1", 1, 210), new LedgerEntry(Event.BEGUN, "REJECTED-2", 1, 260));
		return new Evidence(PUBLISHED, charges, deadLetters, entries, unsettled, INJECTIONS);
	}

}
