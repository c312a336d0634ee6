package dev.natsboot.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a page that runs write.
 */
public final class PageBlock {

	private static final String END = "<!-- end -->";

	private PageBlock() {
	}

	/**
	 * Replace what is between a mark and the next end.
	 * @param page the file
	 * @param mark the line before the part
	 * @param lines what to put there
	 * @throws RunException if the page doesn't have the mark, or no end after it
	 */
	public static void replace(Path page, String mark, List<String> lines) throws IOException {
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
