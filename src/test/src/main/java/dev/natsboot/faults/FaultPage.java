package dev.natsboot.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.natsboot.run.RunException;

/**
 * A page with a table for each version of nats-server, which runs write.
 */
final class FaultPage {

	private static final String BEGIN = "<!-- written by bin/run-faults on nats-server %s -->";

	private static final String END = "<!-- end -->";

	private FaultPage() {
	}

	/**
	 * Replace what is between the two marks that a page has for a server.
	 * @param page the file
	 * @param natsServer the version, such as 2.15.1, of which the first two numbers count
	 * @param lines what to put there
	 * @throws RunException if the page doesn't have these marks
	 */
	static void replace(Path page, String natsServer, List<String> lines) throws IOException {
		String mark = BEGIN.formatted(natsServer.replaceFirst("^(\\d+\\.\\d+).*", "$1"));
		List<String> text = new ArrayList<>(Files.readAllLines(page));
		int begin = text.indexOf(mark);
		int length = text.subList(begin + 1, text.size()).indexOf(END);
		if (begin < 0 || length < 0) {
			throw new RunException("%s needs a line '%s' and after it a line '%s'".formatted(page, mark, END));
		}
		text.subList(begin + 1, begin + 1 + length).clear();
		text.addAll(begin + 1, lines);
		Files.write(page, text);
	}

}
