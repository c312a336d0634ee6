package dev.natsboot.faults.processor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.natsboot.faults.processor.LedgerEntry.Event;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;

/**
 * Writes down what happens, in a file that survives the process and is continued by the
 * next one.
 */
final class Ledger implements AutoCloseable {

	private static final String NONE = "-";

	private final FileChannel file;

	private final Set<String> crashed;

	Ledger(Path file) {
		try {
			this.file = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
					StandardOpenOption.APPEND);
			this.crashed = crashed(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Set<String> crashed(Path file) throws IOException {
		try (Stream<String> lines = Files.lines(file)) {
			return lines.map(LedgerEntry::parse)
				.filter((entry) -> entry.event() == Event.CRASHED)
				.map(LedgerEntry::order)
				.collect(Collectors.toCollection(ConcurrentHashMap::newKeySet));
		}
	}

	/**
	 * Note that the process kills itself for an order.
	 * @return whether this is the first time
	 */
	boolean crash(String order) {
		if (!this.crashed.add(order)) {
			return false;
		}
		write(Event.CRASHED, order, 0);
		return true;
	}

	void write(Event event, String order, long delivery) {
		LedgerEntry entry = new LedgerEntry(event, order, delivery, System.currentTimeMillis());
		try {
			this.file.write(ByteBuffer.wrap(entry.line().getBytes(StandardCharsets.US_ASCII)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@EventListener
	void ready(ApplicationReadyEvent event) {
		write(Event.READY, NONE, 0);
	}

	@EventListener
	void closed(ContextClosedEvent event) {
		write(Event.STOPPED, NONE, 0);
	}

	@Override
	public void close() throws IOException {
		this.file.close();
	}

}
