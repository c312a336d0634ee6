package dev.natsboot.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.natsboot.run.RunException;

/**
 * A page with a table that a run writes.
 */
final class FaultPage {

	static final String BEGIN = "<!-- written by bin/run-faults -->";

	static final String END = "<!-- end -->";

	private FaultPage() {
	}

	/**
	 * Replace what is between the two marks of a page.
	 * @param page the file
	 * @param lines what to put there
	 */
	static void replace(Path page, List<String> lines) throws IOException {
		List<String> text = new ArrayList<>(Files.readAllLines(page));
		int begin = text.indexOf(BEGIN);
		int end = text.indexOf(END);
		if (begin < 0 || end < begin) {
			throw new RunException("%s needs a line '%s' and after it a line '%s'".formatted(page, BEGIN, END));
		}
		text.subList(begin + 1, end).clear();
		text.addAll(begin + 1, lines);
		Files.write(page, text);
	}

}
