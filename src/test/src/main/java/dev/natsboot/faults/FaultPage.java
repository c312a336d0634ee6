package dev.natsboot.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import dev.natsboot.run.PageBlock;
import dev.natsboot.run.RunException;

/**
 * A page with a table for each version of nats-server, which runs write.
 */
final class FaultPage {

	private static final String BEGIN = "<!-- written by bin/run-faults on nats-server %s -->";

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
		PageBlock.replace(page, BEGIN.formatted(natsServer.replaceFirst("^(\\d+\\.\\d+).*", "$1")), lines);
	}

}
