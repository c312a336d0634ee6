package dev.natsboot.listener;

/**
 * How often the server has delivered a message, read from the subject of its
 * acknowledgement. The client's own metadata says the same, but takes the whole subject
 * apart, its time included, which costs more than all that a listener does for a message.
 * <p>
 * The subject is {@code $JS.ACK.<stream>.<consumer>.<delivered>.…} with 8 or 9 tokens, or
 * {@code $JS.ACK.<domain>.<account>.<stream>.<consumer>.<delivered>.…} with 11 or more
 * (ADR-15).
 */
final class DeliveryCount {

	private static final int TOKEN = 4;

	private static final int TOKEN_BEHIND_DOMAIN = 6;

	private static final int DOTS_WITH_DOMAIN = 10;

	private DeliveryCount() {
	}

	/**
	 * Read the count.
	 * @param subject the subject of the acknowledgement
	 * @return the count, 1 for the first delivery
	 * @throws NumberFormatException when it isn't such a subject
	 */
	static long of(String subject) {
		int token = (dots(subject) >= DOTS_WITH_DOMAIN) ? TOKEN_BEHIND_DOMAIN : TOKEN;
		int begin = 0;
		for (int i = 0; i < token; i++) {
			begin = subject.indexOf('.', begin) + 1;
		}
		return Long.parseLong(subject, begin, Math.max(begin, subject.indexOf('.', begin)), 10);
	}

	private static int dots(String subject) {
		int dots = 0;
		for (int dot = subject.indexOf('.'); dot >= 0; dot = subject.indexOf('.', dot + 1)) {
			dots++;
		}
		return dots;
	}

}
