package dev.natsboot.faults;

import java.util.List;
import java.util.function.Consumer;

/**
 * Something between clients and servers.
 *
 * @param networks the networks that are disturbed
 * @param affected the processors behind them
 * @param disturbance disturbs a network
 * @param end ends the disturbance
 */
record NetworkFault(List<Network> networks, List<Processor> affected, Consumer<Network> disturbance,
		Consumer<Network> end) implements Fault {

	@Override
	public void inject() {
		this.networks.forEach(this.disturbance);
	}

	@Override
	public long remove() {
		this.networks.forEach(this.end);
		return System.currentTimeMillis();
	}

}
