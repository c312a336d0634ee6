package dev.natsboot.connection;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;

import io.nats.client.impl.SocketDataPortWithWriteTimeout;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The client's own socket, with headers that the client can read, see {@link HeaderMask},
 * and a read timeout that costs nothing, see {@link ReadWatch}. Public because the client
 * makes it by its name.
 */
public class MaskingDataPort extends SocketDataPortWithWriteTimeout {

	private static final Log logger = LogFactory.getLog(MaskingDataPort.class);

	private final HeaderMask mask = new HeaderMask();

	private @Nullable Socket watched;

	private volatile @Nullable ReadWatch watch;

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
		watch();
		int count = super.read(dst, off, len);
		ReadWatch current = this.watch;
		if (current != null) {
			current.heard();
		}
		if (count > 0) {
			this.mask.apply(dst, off, off + count);
		}
		return count;
	}

	/**
	 * Take the timeout from the socket, which is another one when it became secure.
	 */
	private void watch() throws IOException {
		Socket current = this.socket;
		if (current == this.watched) {
			return;
		}
		this.watched = current;
		int timeout = current.getSoTimeout();
		if (timeout > 0) {
			current.setSoTimeout(0);
			this.watch = new ReadWatch(Duration.ofMillis(timeout), () -> giveUp(timeout));
		}
	}

	private void giveUp(int timeout) {
		logger.warn("Nothing was received from " + this.host + ":" + this.port + " for " + timeout
				+ " ms ('nats.read-timeout'): making the connection anew");
		try {
			forceClose();
		}
		catch (IOException ex) {
			logger.debug("The socket could not be closed", ex);
		}
	}

	/**
	 * Close the socket.
	 * @throws IOException when that fails
	 */
	@Override
	public void close() throws IOException {
		ReadWatch current = this.watch;
		if (current != null) {
			current.end();
		}
		super.close();
	}

}
