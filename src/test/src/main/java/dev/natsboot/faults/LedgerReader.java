package dev.natsboot.faults;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.natsboot.faults.processor.LedgerEntry;

/**
 * Follows what a processor writes down.
 */
final class LedgerReader {

	private final Path file;

	private final List<LedgerEntry> entries = new ArrayList<>();

	private long position;

	LedgerReader(Path file) {
		this.file = file;
	}

	/**
	 * Return everything up to now.
	 * @return the entries of the processor, of all its processes
	 */
	List<LedgerEntry> entries() {
		read();
		return List.copyOf(this.entries);
	}

	/**
	 * Return what came lately.
	 * @param from the number of entries to leave out
	 * @return the entries after them
	 */
	List<LedgerEntry> entries(int from) {
		read();
		return List.copyOf(this.entries.subList(from, this.entries.size()));
	}

	int count() {
		read();
		return this.entries.size();
	}

	private void read() {
		if (Files.notExists(this.file)) {
			return;
		}
		try (RandomAccessFile input = new RandomAccessFile(this.file.toFile(), "r")) {
			byte[] bytes = new byte[(int) (input.length() - this.position)];
			input.seek(this.position);
			input.readFully(bytes);
			String text = new String(bytes, StandardCharsets.US_ASCII);
			String lines = text.substring(0, text.lastIndexOf('\n') + 1);
			this.position += lines.length();
			lines.lines().map(LedgerEntry::parse).forEach(this.entries::add);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
