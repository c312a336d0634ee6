package dev.natsboot.connection;

import java.io.IOException;

import io.nats.client.impl.SocketDataPortWithWriteTimeout;

/**
 * The client's own socket, with headers that the client can read: see {@link HeaderMask}.
 * Public because the client makes it by its name.
 */
public class MaskingDataPort extends SocketDataPortWithWriteTimeout {

	private final HeaderMask mask = new HeaderMask();

	/**
	 * Create a data port.
	 */
	public MaskingDataPort() {
	}

	/**
	 * Read, and replace bytes of headers that aren't printable ASCII by question marks.
	 * @param dst where to read to
	 * @param off the index of the first byte
	 * @param len how many bytes to read at most
	 * @return how many bytes were read, or -1 at the end
	 * @throws IOException when the socket can't be read
	 */
	@Override
	public int read(byte[] dst, int off, int len) throws IOException {
		int count = super.read(dst, off, len);
		if (count > 0) {
			this.mask.apply(dst, off, off + count);
		}
		return count;
	}

}
