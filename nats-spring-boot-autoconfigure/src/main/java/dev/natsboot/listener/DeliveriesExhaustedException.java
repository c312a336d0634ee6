package dev.natsboot.listener;

/**
 * The cause of a dead letter whose handler was not called again because none of the
 * allowed deliveries was answered: the process crashed, or was killed, each time.
 */
public class DeliveriesExhaustedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Create an exception.
	 * @param deliveries how many deliveries were not answered
	 */
	public DeliveriesExhaustedException(long deliveries) {
		super("No answer in " + deliveries + " deliveries");
	}

}
