package dev.natsboot.faults;

import java.util.List;
import java.util.function.Consumer;

/**
 * The end of a processor, and another start.
 *
 * @param processor the processor
 * @param end ends it
 */
record ProcessorFault(Processor processor, Consumer<Processor> end) implements Fault {

	@Override
	public void inject() {
		this.end.accept(this.processor);
	}

	@Override
	public long remove() throws InterruptedException {
		int since = this.processor.ledger().count();
		this.processor.start();
		return this.processor.awaitReady(since);
	}

	@Override
	public List<Processor> affected() {
		return List.of(this.processor);
	}

}
