package dev.natsboot.topology;

import java.time.Instant;

import dev.natsboot.core.EndpointState;
import dev.natsboot.core.EndpointState.Status;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * What the provisioner tells about itself. A failure is logged once, and again when it
 * becomes another one.
 */
final class TopologyState {

	private static final Log logger = LogFactory.getLog(TopologyProvisioner.class);

	private volatile EndpointState state = EndpointState.of(Status.STOPPED);

	EndpointState get() {
		return this.state;
	}

	void set(Status status) {
		this.state = EndpointState.of(status);
	}

	void succeeded() {
		if (this.state.isFailing()) {
			logger.info(
					"JetStream is as the application declares it after " + this.state.attempts() + " failed attempts");
		}
		if (this.state.status() != Status.RUNNING) {
			set(Status.RUNNING);
		}
	}

	void failed(RuntimeException failure) {
		EndpointState previous = this.state;
		String error = String.valueOf(failure.getMessage());
		if (!error.equals(previous.lastError())) {
			logger.error(error + System.lineSeparator() + "It is looked at again with back-off, and after every "
					+ "reconnect");
		}
		this.state = new EndpointState(Status.RECOVERING, previous.isFailing() ? previous.since() : Instant.now(),
				error, previous.attempts() + 1);
	}

}
