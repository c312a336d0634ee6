package dev.natsboot.faults;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.function.ToIntFunction;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * The result of a run. The components are the keys of the report.
 *
 * @param date the day
 * @param seed the seed of the schedule
 * @param minutes how many minutes faults were injected
 * @param natsServer the version of nats-server
 * @param java the version of Java
 * @param virtualThreads whether the handlers ran on virtual threads
 * @param published how many orders were confirmed as stored
 * @param charged how many of them were charged
 * @param deadLettered how many became dead letters
 * @param lost how many are nowhere
 * @param chargedTwice charges above one for an order
 * @param deadLetteredTwice dead letters above one for an order
 * @param contradictory how many were charged and dead-lettered
 * @param stuck how many messages were not settled in the end
 * @param recoveredLate how often a processor took much too long to handle a message again
 * @param duplicatesRecognised deliveries of handled orders, recognised before a handler
 * was called
 * @param duplicatesSeen calls of a handler for an order that was charged before
 * @param good whether nothing was lost, done twice, stuck or late
 * @param faults the figures of each kind of fault
 */
@JsonPropertyOrder({ "date", "seed", "minutes", "natsServer", "java", "virtualThreads", "published", "charged",
		"deadLettered", "lost", "chargedTwice", "deadLetteredTwice", "contradictory", "stuck", "recoveredLate",
		"duplicatesRecognised", "duplicatesSeen", "good", "faults" })
record FaultReport(String date, long seed, int minutes, String natsServer, String java, boolean virtualThreads,
		int published, int charged, int deadLettered, int lost, int chargedTwice, int deadLetteredTwice,
		int contradictory, int stuck, int recoveredLate, int duplicatesRecognised, int duplicatesSeen, boolean good,
		List<KindFigures> faults) {

	static FaultReport of(FaultOptions options, String natsServer, Collection<Evidence> runs) {
		return new FaultReport(LocalDate.now().toString(), options.seed(), options.minutes(), natsServer,
				Integer.toString(Runtime.version().feature()), Boolean.getBoolean("spring.threads.virtual.enabled"),
				evidence(runs, (run) -> run.published().size()), evidence(runs, (run) -> run.charges().size()),
				evidence(runs, (run) -> run.deadLetters().size()), verdict(runs, (run) -> run.lost().size()),
				verdict(runs, (run) -> run.chargedTwice().size()),
				verdict(runs, (run) -> run.deadLetteredTwice().size()),
				verdict(runs, (run) -> run.contradictory().size()), verdict(runs, (run) -> run.stuck().size()),
				verdict(runs, (run) -> run.recoveredLate().size()),
				verdict(runs, (run) -> run.duplicatesRecognised().size()),
				verdict(runs, (run) -> run.duplicatesSeen().size()),
				runs.stream().map(Verdict::new).allMatch(Verdict::isGood), KindFigures.of(runs));
	}

	private static int evidence(Collection<Evidence> runs, ToIntFunction<Evidence> figure) {
		return runs.stream().mapToInt(figure).sum();
	}

	private static int verdict(Collection<Evidence> runs, ToIntFunction<Verdict> figure) {
		return runs.stream().map(Verdict::new).mapToInt(figure).sum();
	}

}
