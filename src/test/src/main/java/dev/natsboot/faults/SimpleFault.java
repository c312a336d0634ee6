package dev.natsboot.faults;

import java.util.List;

/**
 * A fault that is there after one call and gone after another.
 *
 * @param affected the processors that can't go on
 * @param injection lets it go wrong
 * @param removal puts it right
 */
record SimpleFault(List<Processor> affected, Runnable injection, Runnable removal) implements Fault {

	@Override
	public void inject() {
		this.injection.run();
	}

	@Override
	public long remove() {
		this.removal.run();
		return System.currentTimeMillis();
	}

}
