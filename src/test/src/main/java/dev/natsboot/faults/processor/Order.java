package dev.natsboot.faults.processor;

/**
 * What is published.
 *
 * @param id the id, also that of the message
 * @param behaviour what handling it does
 * @param amount how many deliveries fail, or how many milliseconds the handler takes
 */
public record Order(String id, Behaviour behaviour, int amount) {

	/**
	 * The beginning of the subjects of all orders.
	 */
	public static final String SUBJECT = "orders.";

	/**
	 * The beginning of the subjects of all dead letters.
	 */
	public static final String DEAD_LETTER_SUBJECT = "dead.";

	/**
	 * Return the subject to publish to.
	 * @return the subject
	 */
	public String subject() {
		return SUBJECT + this.id;
	}

	/**
	 * Return the order's id.
	 * @param subject the subject of an order or of its dead letter
	 * @return the last token
	 */
	public static String id(String subject) {
		return subject.substring(subject.lastIndexOf('.') + 1);
	}

}
