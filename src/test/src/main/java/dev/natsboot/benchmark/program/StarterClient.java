package dev.natsboot.benchmark.program;

import java.util.concurrent.CompletableFuture;

import dev.natsboot.core.JetStreamOperations;
import dev.natsboot.core.NatsOperations;

/**
 * Publishes and requests with the starter.
 */
final class StarterClient implements Client {

	private final NatsOperations core;

	private final JetStreamOperations jetStream;

	StarterClient(NatsOperations core, JetStreamOperations jetStream) {
		this.core = core;
		this.jetStream = jetStream;
	}

	@Override
	public void publish(Object payload) {
		this.core.publish(ProgramSettings.SUBJECT, payload);
	}

	@Override
	public void store(Object payload) {
		this.jetStream.publish(ProgramSettings.STORED, payload);
	}

	@Override
	public CompletableFuture<?> storeAsync(Object payload) {
		return this.jetStream.publishAsync(ProgramSettings.STORED, payload);
	}

	@Override
	public void request(Object payload) {
		this.core.request(ProgramSettings.SUBJECT, payload, byte[].class);
	}

	@Override
	public CompletableFuture<?> requestAsync(Object payload) {
		return this.core.requestAsync(ProgramSettings.SUBJECT, payload, byte[].class);
	}

}
