package dev.natsboot.core;

import io.nats.client.impl.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Headers of one message, which are complete when it is given to the client, as nobody
 * else has them. The client copies headers that may be changed while they wait to be
 * written.
 */
final class OwnHeaders extends Headers {

	/**
	 * Copy headers.
	 * @param headers the headers, or {@code null} when there are none
	 */
	OwnHeaders(@Nullable Headers headers) {
		super(headers);
	}

	@Override
	public boolean isReadOnly() {
		return true;
	}

}
