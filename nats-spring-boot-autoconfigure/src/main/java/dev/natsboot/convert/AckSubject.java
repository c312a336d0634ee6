package dev.natsboot.convert;

/**
 * Reads the numbers in the subject to which a message is acknowledged, without taking
 * everything in it apart: {@code $JS.ACK.<stream>.<consumer>.<delivery count>.<stream
 * sequence>.<consumer sequence>.<time>.<pending>}. Newer servers can put the domain and
 * the account's hash behind {@code ACK}.
 */
public final class AckSubject {

	private static final int COUNT = 4;

	private static final int DOMAIN = 2;

	private static final int DOTS_WITH_DOMAIN = 10;

	private AckSubject() {
	}

	/**
	 * How often the message was delivered.
	 * @param subject the reply subject of a message of a stream
	 * @return the number, 1 for the first time
	 * @throws NumberFormatException when it isn't such a subject
	 */
	public static long deliveries(String subject) {
		return number(subject, COUNT);
	}

	/**
	 * The message's place in its stream.
	 * @param subject the reply subject of a message of a stream
	 * @return the sequence
	 * @throws NumberFormatException when it isn't such a subject
	 */
	public static long streamSequence(String subject) {
		return number(subject, COUNT + 1);
	}

	/**
	 * The delivery's place among all deliveries of the consumer.
	 * @param subject the reply subject of a message of a stream
	 * @return the sequence
	 * @throws NumberFormatException when it isn't such a subject
	 */
	public static long consumerSequence(String subject) {
		return number(subject, COUNT + 2);
	}

	/**
	 * The subject of the same message as another delivery of the consumer.
	 * @param subject the reply subject of a message of a stream
	 * @param sequence the other delivery's place among all deliveries of the consumer
	 * @return the subject with that place
	 */
	public static String withConsumerSequence(String subject, long sequence) {
		int from = begin(subject, COUNT + 2);
		return subject.substring(0, from) + sequence + subject.substring(subject.indexOf('.', from));
	}

	private static long number(String subject, int token) {
		int from = begin(subject, token);
		return Long.parseLong(subject, from, Math.max(from, subject.indexOf('.', from)), 10);
	}

	private static int begin(String subject, int token) {
		int dots = 0;
		int begin = 0;
		int beginBehindDomain = 0;
		for (int i = 0; i < subject.length(); i++) {
			if (subject.charAt(i) == '.') {
				dots++;
				begin = (dots == token) ? i + 1 : begin;
				beginBehindDomain = (dots == token + DOMAIN) ? i + 1 : beginBehindDomain;
			}
		}
		return (dots >= DOTS_WITH_DOMAIN) ? beginBehindDomain : begin;
	}

}
