package dev.natsboot.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says which {@code nats.*} property to change, and to what.
 */
class InvalidNatsPropertyFailureAnalyzer extends AbstractFailureAnalyzer<InvalidNatsPropertyException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, InvalidNatsPropertyException cause) {
		String value = (cause.getValue() != null) ? " with value '" + cause.getValue() + "'" : "";
		return new FailureAnalysis(
				"Property '" + cause.getProperty() + "'" + value + " is invalid: " + cause.getReason() + ".",
				"Change the property. A working example: " + cause.getExample(), cause);
	}

}
