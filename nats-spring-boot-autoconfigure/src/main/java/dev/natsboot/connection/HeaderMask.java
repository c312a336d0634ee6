package dev.natsboot.connection;

import java.io.ByteArrayOutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Follows the NATS protocol through what a connection reads, and replaces what a header
 * may not contain. Other clients send header values in UTF-8, and servers pass them on;
 * the Java client's reader ends at the first character that isn't ASCII. Payloads are
 * skipped, so this costs a look at the end of each message's first line and at its
 * headers.
 */
final class HeaderMask {

	private static final byte REPLACEMENT = '?';

	private static final int LINE_FEED = '\n';

	private static final VarHandle EIGHT_BYTES = MethodHandles.byteArrayViewVarHandle(long[].class,
			ByteOrder.LITTLE_ENDIAN);

	private static final long EACH = 0x0101010101010101L;

	private State state = State.LINE;

	/** A line that has not ended in the last buffer. */
	private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

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
				case LINE -> readLine(bytes, index, to);
				case HEADERS -> mask(bytes, index, to);
				case PAYLOAD -> skip(index, to);
			};
		}
	}

	private int readLine(byte[] bytes, int from, int to) {
		int end = endOfLine(bytes, from, to);
		if (this.begun.size() == 0 && end < to) {
			understand(bytes, from, end);
			return end + 1;
		}
		this.begun.write(bytes, from, end - from);
		if (end < to) {
			byte[] line = this.begun.toByteArray();
			this.begun.reset();
			understand(line, 0, line.length);
		}
		return Math.min(to, end + 1);
	}

	/**
	 * The index of the next line feed, or that behind the last byte. Looks at eight bytes
	 * at a time: one that equals a line feed is zero in the difference, and only zero has
	 * a bit borrowed that it didn't have itself.
	 */
	private static int endOfLine(byte[] bytes, int from, int to) {
		int index = from;
		while (index + Long.BYTES <= to) {
			long difference = (long) EIGHT_BYTES.get(bytes, index) ^ (EACH * LINE_FEED);
			if (((difference - EACH) & ~difference & (EACH * 0x80)) != 0) {
				break;
			}
			index += Long.BYTES;
		}
		while (index < to && bytes[index] != LINE_FEED) {
			index++;
		}
		return index;
	}

	/**
	 * The line of a message ends with the length of its headers, when it has any, and of
	 * all: {@code HMSG subject sid [reply] headers total}.
	 */
	private void understand(byte[] line, int from, int to) {
		byte first = (from < to) ? line[from] : 0;
		boolean withHeaders = first == 'H' || first == 'h';
		if (!withHeaders && first != 'M' && first != 'm') {
			return;
		}
		int end = endOfNumber(line, from, to);
		int begin = beginOfNumber(line, from, end);
		int total = number(line, begin, end);
		int headers = 0;
		if (withHeaders) {
			end = endOfNumber(line, from, begin);
			headers = number(line, beginOfNumber(line, from, end), end);
		}
		this.payload = Math.max(0, total - headers) + 2;
		this.remaining = (headers > 0) ? headers : this.payload;
		this.state = (headers > 0) ? State.HEADERS : State.PAYLOAD;
	}

	private static int endOfNumber(byte[] line, int from, int to) {
		int index = to;
		while (index > from && !isDigit(line[index - 1])) {
			index--;
		}
		return index;
	}

	private static int beginOfNumber(byte[] line, int from, int to) {
		int index = to;
		while (index > from && isDigit(line[index - 1])) {
			index--;
		}
		return index;
	}

	private static boolean isDigit(byte value) {
		return value >= '0' && value <= '9';
	}

	private static int number(byte[] line, int from, int to) {
		int number = 0;
		for (int i = from; i < to; i++) {
			number = number * 10 + line[i] - '0';
		}
		return number;
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
			this.state = State.LINE;
		}
		return end;
	}

	private enum State {

		LINE, HEADERS, PAYLOAD

	}

}
