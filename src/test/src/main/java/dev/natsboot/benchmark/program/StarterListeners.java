package dev.natsboot.benchmark.program;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.natsboot.annotation.NatsListener;
import dev.natsboot.annotation.NatsRequestHandler;

import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.Import;

/**
 * The listeners of the application on the starter, of which each role has one.
 */
@Import({ StarterListeners.CoreBytes.class, StarterListeners.CoreJson.class, StarterListeners.StreamBytes.class,
		StarterListeners.StreamJson.class, StarterListeners.StreamBatch.class, StarterListeners.First.class,
		StarterListeners.Replying.class })
class StarterListeners {

	@ConditionalOnExpression("'${benchmark.role}' == 'CORE_CONSUME' and !${benchmark.json}")
	record CoreBytes(Window window) {

		@NatsListener(id = "bytes", subjects = ProgramSettings.SUBJECT)
		void handle(byte[] body) {
			this.window.count();
		}

	}

	@ConditionalOnExpression("'${benchmark.role}' == 'CORE_CONSUME' and ${benchmark.json}")
	record CoreJson(Window window) {

		@NatsListener(id = "json", subjects = ProgramSettings.SUBJECT)
		void handle(Order order) {
			this.window.count();
		}

	}

	@ConditionalOnExpression("'${benchmark.role}' == 'JS_CONSUME' and !${benchmark.json}")
	record StreamBytes(Window window) {

		@NatsListener(id = "bytes", stream = "BENCHMARK-BYTES-${benchmark.size}", consumer = "${benchmark.consumer}",
				concurrency = "${benchmark.threads}")
		void handle(byte[] body) {
			this.window.count();
		}

	}

	@ConditionalOnExpression("'${benchmark.role}' == 'JS_CONSUME' and ${benchmark.json}")
	record StreamJson(Window window) {

		@NatsListener(id = "json", stream = "BENCHMARK-JSON-${benchmark.size}", consumer = "${benchmark.consumer}",
				concurrency = "${benchmark.threads}")
		void handle(Order order) {
			this.window.count();
		}

	}

	@ConditionalOnExpression("'${benchmark.role}' == 'JS_BATCH'")
	record StreamBatch(Window window) {

		@NatsListener(id = "batch", stream = "BENCHMARK-BYTES-${benchmark.size}", consumer = "${benchmark.consumer}",
				batchSize = "${benchmark.batch}", ackMode = "${benchmark.ack-mode:auto}")
		void handle(List<byte[]> bodies) {
			bodies.forEach((body) -> this.window.count());
		}

	}

	@ConditionalOnExpression("'${benchmark.role}' == 'REPLY'")
	record Replying() {

		@NatsRequestHandler(subject = ProgramSettings.SUBJECT, service = "benchmark", version = "1.0.0")
		byte[] reply(byte[] body) {
			return body;
		}

	}

	@ConditionalOnExpression("'${benchmark.role}' == 'RECOVER'")
	record First(CompletableFuture<Sample> first) {

		First() {
			this(new CompletableFuture<>());
		}

		@NatsListener(id = "first", stream = "BENCHMARK-BYTES-${benchmark.size}", consumer = "${benchmark.consumer}")
		void handle(byte[] body) {
			this.first.complete(Sample.ofMillis(System.currentTimeMillis()));
		}

	}

	record IdleOfStream() {

		@NatsListener(stream = ProgramSettings.STORED_STREAM, consumer = "idle-#{@idleNumbers.incrementAndGet()}")
		void handle(byte[] body) {
		}

	}

	record Idle() {

		@NatsListener(subjects = "benchmark.idle.#{@idleNumbers.incrementAndGet()}")
		void handle(byte[] body) {
		}

	}

}
