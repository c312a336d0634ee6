package dev.natsboot.testsupport;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

import io.nats.Output;

/**
 * Keeps the first lines that a server prints, for the message when it can't be started,
 * and shows all of them when {@code nats.server.output} is set.
 */
class ServerOutput implements Output {

	private static final int LINES = 1000;

	private final boolean visible = Boolean.getBoolean("nats.server.output");

	private final Queue<String> lines = new ConcurrentLinkedQueue<>();

	String text() {
		return String.join(System.lineSeparator(), this.lines);
	}

	/**
	 * Return the text after the server's end, which its reader may still be busy with.
	 * @return the text
	 */
	String finalText() {
		for (int i = 0; i < 100 && !text().contains("nats-server: ") && !text().contains("[FTL]"); i++) {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
		}
		return text();
	}

	/**
	 * Make room for what comes.
	 */
	void forget() {
		this.lines.clear();
	}

	private void add(String line) {
		if (this.lines.size() < LINES) {
			this.lines.add(line);
		}
		if (this.visible) {
			System.out.println(line);
		}
	}

	@Override
	public void setLevel(Level level) {
	}

	@Override
	public void error(Supplier<String> message) {
		add(message.get());
	}

	@Override
	public void error(String message) {
		add(message);
	}

	@Override
	public void warning(Supplier<String> message) {
		add(message.get());
	}

	@Override
	public void warning(String message) {
		add(message);
	}

	@Override
	public void info(Supplier<String> message) {
		add(message.get());
	}

	@Override
	public void info(String message) {
		add(message);
	}

	@Override
	public boolean isLogger() {
		return false;
	}

	@Override
	public Logger getLogger() {
		return null;
	}

}
