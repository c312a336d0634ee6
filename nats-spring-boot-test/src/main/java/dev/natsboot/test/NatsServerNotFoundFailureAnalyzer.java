package dev.natsboot.test;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says how to install nats-server when {@link EmbeddedNats @EmbeddedNats} found none.
 */
class NatsServerNotFoundFailureAnalyzer extends AbstractFailureAnalyzer<NatsServerNotFoundException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, NatsServerNotFoundException cause) {
		return new FailureAnalysis(
				"@EmbeddedNats needs the nats-server program, and none was found: " + cause.getSearched() + ".",
				NatsServerNotFoundException.INSTALL, cause);
	}

}
