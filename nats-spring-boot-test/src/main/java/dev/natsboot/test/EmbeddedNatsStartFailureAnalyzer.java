package dev.natsboot.test;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says what to change when the server of {@link EmbeddedNats @EmbeddedNats} couldn't be
 * started.
 */
class EmbeddedNatsStartFailureAnalyzer extends AbstractFailureAnalyzer<EmbeddedNatsStartException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, EmbeddedNatsStartException cause) {
		String action = cause.isAddressInUse()
				? "Stop what listens on the port, or change the attribute 'port' of @EmbeddedNats, "
						+ "for example to a free one: port = \"0\"."
				: "Correct the attribute 'configuration' of @EmbeddedNats, for example "
						+ "configuration = \"max_payload: 8MB\".";
		return new FailureAnalysis("The nats-server of @EmbeddedNats ended at its start. It said:"
				+ System.lineSeparator() + cause.getOutput(), action, cause);
	}

}
