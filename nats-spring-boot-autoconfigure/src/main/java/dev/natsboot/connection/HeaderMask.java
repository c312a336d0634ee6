package dev.natsboot.connection;

/**
 * Follows the NATS protocol through what a connection reads, and replaces what a header
 * may not contain. Other clients send header values in UTF-8, and servers pass them on;
 * the Java client's reader ends at the first character that isn't ASCII. Payloads are
 * skipped, so this costs a look at each message's first line and at its headers.
 */
final class HeaderMask {

	private static final byte REPLACEMENT = '?';

	private static final int LINE_FEED = '\n';

	private State state = State.LINE_BEGIN;

	/** The last number of the current line, and the one before it. */
	private int last;

	private int beforeLast;

	private boolean withHeaders;

	private int remaining;

	private int payload;

	/**
	 * Look at bytes as they were read, in their order.
	 * @param bytes the buffer, in which header bytes are replaced
	 * @param from the index of the first byte
	 * @param to the index behind the last byte
	 */
	void apply(byte[] bytes, int from, int to) {
		int index = from;
		while (index < to) {
			index = switch (this.state) {
				case LINE_BEGIN -> begin(bytes[index], index);
				case OTHER_LINE -> skipLine(bytes, index, to);
				case MESSAGE_LINE -> readLine(bytes, index, to);
				case HEADERS -> mask(bytes, index, to);
				case PAYLOAD -> skip(index, to);
			};
		}
	}

	private int begin(byte first, int index) {
		this.withHeaders = first == 'H' || first == 'h';
		boolean message = this.withHeaders || first == 'M' || first == 'm';
		this.last = 0;
		this.beforeLast = 0;
		this.state = message ? State.MESSAGE_LINE : State.OTHER_LINE;
		return index;
	}

	private int skipLine(byte[] bytes, int from, int to) {
		for (int i = from; i < to; i++) {
			if (bytes[i] == LINE_FEED) {
				this.state = State.LINE_BEGIN;
				return i + 1;
			}
		}
		return to;
	}

	/**
	 * The line of a message ends with the length of its headers, when it has any, and of
	 * all: {@code HMSG subject sid [reply] headers total}.
	 */
	private int readLine(byte[] bytes, int from, int to) {
		for (int i = from; i < to; i++) {
			byte current = bytes[i];
			if (current == LINE_FEED) {
				endLine();
				return i + 1;
			}
			if (current == ' ' || current == '\t') {
				this.beforeLast = this.last;
				this.last = 0;
			}
			else if (current >= '0' && current <= '9') {
				this.last = this.last * 10 + current - '0';
			}
		}
		return to;
	}

	private void endLine() {
		int headers = this.withHeaders ? Math.max(0, this.beforeLast) : 0;
		this.payload = Math.max(0, this.last - headers) + 2;
		this.remaining = (headers > 0) ? headers : this.payload;
		this.state = (headers > 0) ? State.HEADERS : State.PAYLOAD;
	}

	private int mask(byte[] bytes, int from, int to) {
		int end = Math.min(to, from + this.remaining);
		for (int i = from; i < end; i++) {
			if (bytes[i] < ' ' && !isLayout(bytes[i]) || bytes[i] == 127) {
				bytes[i] = REPLACEMENT;
			}
		}
		this.remaining -= end - from;
		if (this.remaining == 0) {
			this.remaining = this.payload;
			this.state = State.PAYLOAD;
		}
		return end;
	}

	/**
	 * Bytes beyond ASCII are negative.
	 */
	private static boolean isLayout(byte value) {
		return value == '\r' || value == '\n' || value == '\t';
	}

	private int skip(int from, int to) {
		int end = Math.min(to, from + this.remaining);
		this.remaining -= end - from;
		if (this.remaining == 0) {
			this.state = State.LINE_BEGIN;
		}
		return end;
	}

	private enum State {

		LINE_BEGIN, OTHER_LINE, MESSAGE_LINE, HEADERS, PAYLOAD

	}

}
