package dev.natsboot.casestudy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.natsboot.run.Machine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class CaseStudyPageTests {

	private static final Machine MACHINE = new Machine("2026-11-21", "2.15.1", "2.26.2", "4.1.1", "17", 2, "", 0.1);

	private static final Load HELD = load(1000, 100);

	private static final Load NOT_HELD = load(1100, 500);

	@TempDir
	private Path directory;

	@Test
	void writesWhatCameOfEachRateBetweenTheMarks() throws Exception {
		Path page = this.directory.resolve("page.md");
		Files.writeString(page, "before\n<!-- written by bin/run-case-study -->\nold\n<!-- end -->\nafter\n");
		CaseStudyPage.write(page, MACHINE, figures(Variant.WHOLE, List.of(HELD, NOT_HELD)));
		assertThat(Files.readString(page)).startsWith("before\n")
			.endsWith("<!-- end -->\nafter\n")
			.doesNotContain("old")
			.contains("nats-server 2.15.1", "PostgreSQL 18", "lost 0, charged twice 0")
			.contains("| 1,000/s | 10 s | yes | 990/s | 100 ms |")
			.contains("| 1,100/s | 10 s | **no** | 990/s | 500 ms |")
			.contains("| audit 7, payment 0 | 1.5 s |")
			.contains("| payment | nats-server | sum |", "| 1,000/s | 30 µs | 50 µs | 80 µs |");
	}

	@Test
	void writesPaymentsOnlyBetweenMarksOfTheirOwnAndSaysSo() throws Exception {
		String whole = "<!-- written by bin/run-case-study -->\nwhole\n<!-- end -->\n";
		Path page = this.directory.resolve("page.md");
		Files.writeString(page, whole + "<!-- written by bin/run-case-study --payments-only -->\nold\n<!-- end -->\n");
		CaseStudyPage.write(page, MACHINE, figures(Variant.PAYMENTS_ONLY, List.of()));
		assertThat(Files.readString(page)).startsWith(whole)
			.doesNotContain("old")
			.contains("**Only payments ran: ", "no inventory, no audit", "| 1,000/s | 10 s | yes |");
	}

	@Test
	void saysThatNothingWaitsWithoutStreams() {
		Load load = new Load(500, 10, 490, 100, 90, 200, 300, 40, 0, Map.of(), 100, Map.of("payment", 30.0));
		Figures figures = new Figures(Variant.SYNCHRONOUS, 10, 10, 9, 1, 0, 0, 0, load, 5, "H2", List.of(), null, 0);
		assertThat(CaseStudyPage.mark(figures)).isEqualTo("<!-- written by bin/run-case-study --synchronous -->");
		assertThat(CaseStudyPage.lines(MACHINE, figures)).anyMatch((line) -> line.startsWith("**Synchronous: "))
			.anyMatch((line) -> line.endsWith("| 40 ms | none | 0.1 s |"));
	}

	@Test
	void writesWhatAnOutageDidBetweenMarksOfItsOwn() throws Exception {
		String whole = "<!-- written by bin/run-case-study -->\nwhole\n<!-- end -->\n";
		Path page = this.directory.resolve("page.md");
		Files.writeString(page, whole + "<!-- written by bin/run-case-study --outage -->\nold\n<!-- end -->\n");
		CaseStudyPage.write(page, MACHINE, afterOutage(Variant.WHOLE));
		assertThat(Files.readString(page)).startsWith(whole)
			.doesNotContain("old")
			.contains("The payment gateway was out of order for 20 s. When it was back, 19,876 orders waited for their "
					+ "payment; the first of them was settled 2.3 s later, the last 4.3 s later: **10,058 per second** "
					+ "in between.")
			.contains("| 1,100/s | 10 s | not asked | 990/s | 500 ms |");
		assertThat(CaseStudyPage.mark(afterOutage(Variant.PAYMENTS_ONLY)))
			.isEqualTo("<!-- written by bin/run-case-study --payments-only --outage -->");
	}

	@Test
	void saysNothingOfAnOutageWithoutOne() {
		assertThat(CaseStudyPage.lines(MACHINE, figures(Variant.WHOLE, List.of())))
			.noneMatch((line) -> line.contains("out of order"));
	}

	@ParameterizedTest
	@EnumSource(names = { "WHOLE", "PAYMENTS_ONLY" })
	void findsThePlaceOfTheOutageInThePage(Variant variant) throws Exception {
		Path page = this.directory.resolve("page.md");
		Files.copy(Path.of("../../docs/case-study.md"), page);
		CaseStudyPage.write(page, MACHINE, afterOutage(variant));
		assertThat(Files.readString(page)).contains("19,876 orders waited");
	}

	@Test
	void saysNothingOfAVariantWhenEverythingRan() {
		assertThat(CaseStudyPage.lines(MACHINE, figures(Variant.WHOLE, List.of())))
			.noneMatch((line) -> line.contains("**"));
	}

	@Test
	void aSingleRateIsTheOnlyRow() {
		assertThat(CaseStudyPage.lines(MACHINE, figures(Variant.WHOLE, List.of())))
			.filteredOn((line) -> line.startsWith("| 1,000/s | 10 s"))
			.hasSize(1);
	}

	private static Figures figures(Variant variant, List<Load> steps) {
		return new Figures(variant, 10, 10, 9, 1, 0, 0, 0, HELD, 5, "PostgreSQL 18", steps, null, 0);
	}

	private static Figures afterOutage(Variant variant) {
		return new Figures(variant, 10, 10, 9, 1, 0, 0, 0, NOT_HELD, 5, "PostgreSQL 18", List.of(),
				new GatewayOutage.Recovery(20_000, 19_876, 2345, 4321), 0);
	}

	private static Load load(int rate, double average) {
		Map<String, Double> cpu = new LinkedHashMap<>();
		cpu.put("payment", 30.0);
		cpu.put("nats-server", 50.0);
		return new Load(rate, 10, 990, average, 90, 200, 300, 40, 0, new TreeMap<>(Map.of("audit", 7L, "payment", 0L)),
				1500, cpu);
	}

}
