package dev.natsboot.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import dev.natsboot.run.PageBlock;

/**
 * Quotes the ratios of the page with the tables in another page, so that both say the
 * same.
 */
final class Ratios {

	/**
	 * The line before the quotation.
	 */
	static final String MARK = "<!-- ratios of docs/benchmarks.md, written by bin/run-benchmarks -->";

	private static final Pattern TABLE = Pattern
		.compile("<!-- (\\S+), written by bin/run-benchmarks -->(.*?)<!-- end -->", Pattern.DOTALL);

	/** What was compared, the ratio, the goal. */
	private static final Pattern ROW = Pattern.compile("^\\| ([^|]+) \\| ([-+.\\d]+) \\| ([^|]+) \\|",
			Pattern.MULTILINE);

	/** The larger messages are on the page alone. */
	private static final String LEFT_OUT = "1 KiB";

	private Ratios() {
	}

	/**
	 * Write what the page says into another.
	 * @param page the page with the tables
	 * @param quoting the page that quotes it
	 */
	static void quote(Path page, Path quoting) throws IOException {
		PageBlock.replace(quoting, MARK, lines(Files.readString(page)));
	}

	static List<String> lines(String page) {
		List<String> lines = new ArrayList<>(List.of("| benchmark | what | ratio | goal |", "|---|---|---:|---:|"));
		TABLE.matcher(page).results().forEach((table) -> rows(table, lines));
		return lines;
	}

	private static void rows(MatchResult table, List<String> lines) {
		ROW.matcher(table.group(2))
			.results()
			.filter((row) -> !row.group(1).contains(LEFT_OUT))
			.forEach((row) -> lines
				.add("| %s | %s | %s | %s |".formatted(table.group(1), row.group(1), row.group(2), row.group(3))));
	}

}
