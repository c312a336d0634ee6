package dev.natsboot.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import dev.natsboot.test.EmbeddedNatsNode;
import dev.natsboot.test.EmbeddedNatsServer;
import org.jspecify.annotations.Nullable;

/**
 * The end of a server. A single one is started again; a cluster has to go on without it,
 * and gets it back afterwards.
 */
final class ServerFault implements Fault {

	private static final Duration LAME_DUCK_TIMEOUT = Duration.ofMinutes(3);

	private final EmbeddedNatsServer server;

	private final Streams streams;

	private final List<Processor> affected;

	private final Supplier<EmbeddedNatsNode> victim;

	private final Ending ending;

	private @Nullable EmbeddedNatsNode node;

	ServerFault(EmbeddedNatsServer server, Streams streams, List<Processor> affected, Supplier<EmbeddedNatsNode> victim,
			Ending ending) {
		this.server = server;
		this.streams = streams;
		this.affected = affected;
		this.victim = victim;
		this.ending = ending;
	}

	@Override
	public void inject() throws InterruptedException {
		EmbeddedNatsNode chosen = this.victim.get();
		this.node = chosen;
		switch (this.ending) {
			case KILLED -> chosen.kill();
			case STOPPED -> chosen.stop();
			case LAME_DUCK -> lameDuck(chosen);
		}
	}

	/**
	 * Send the signal that lets a server dismiss its clients one after the other, and
	 * wait for its end.
	 */
	static void lameDuck(EmbeddedNatsNode node) throws InterruptedException {
		try {
			new ProcessBuilder("kill", "-USR2", Long.toString(node.getPid())).start().waitFor();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		long start = System.nanoTime();
		while (node.isRunning() && System.nanoTime() - start < LAME_DUCK_TIMEOUT.toNanos()) {
			Pause.of(Duration.ofMillis(20));
		}
		node.stop();
	}

	@Override
	public long remove() throws InterruptedException {
		if (this.server.getNodes().size() == 1 && this.node != null) {
			this.node.start();
		}
		return this.streams.awaitReachable();
	}

	@Override
	public void repair() throws InterruptedException {
		this.server.start();
		this.streams.awaitReplicated();
	}

	@Override
	public List<Processor> affected() {
		return this.affected;
	}

	/**
	 * How a server ends.
	 */
	enum Ending {

		KILLED, STOPPED, LAME_DUCK

	}

}
