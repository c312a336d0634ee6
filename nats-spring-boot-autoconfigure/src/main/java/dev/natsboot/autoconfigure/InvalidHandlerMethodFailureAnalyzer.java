package dev.natsboot.autoconfigure;

import dev.natsboot.annotation.InvalidHandlerMethodException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Names the method that can't be a listener or a request handler.
 */
class InvalidHandlerMethodFailureAnalyzer extends AbstractFailureAnalyzer<InvalidHandlerMethodException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidHandlerMethodException cause) {
		return new FailureAnalysis(cause.getReason(),
				"Correct the method or its annotation in bean '" + cause.getBeanName() + "' as described.", cause);
	}

}
