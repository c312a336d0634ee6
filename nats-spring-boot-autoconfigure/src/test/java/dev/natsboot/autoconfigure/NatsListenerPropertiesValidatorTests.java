package dev.natsboot.autoconfigure;

import dev.natsboot.annotation.NatsListenerDefaults;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class NatsListenerPropertiesValidatorTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AllNatsAutoConfigurations.get())
		.withPropertyValues("nats.servers=nats://localhost:1");

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			concurrency         | 0        | it must be 1 or more                      | 4
			max-deliver         | 0        | it must be 1 or more, or -1 for no limit  | 5
			max-ack-pending     | -2       | it must be 1 or more, or -1 for no limit  | 1000
			batch.size          | 0        | it must be 1 or more                      | 500
			backoff-multiplier  | 0.5      | it must be 1 or more                      | 2
			backoff-jitter      | 1.5      | it must be from 0 to 1                    | 0.2
			dead-letter-subject | orders.* | Can't publish to subject 'orders.*'       | orders.dlq
			dead-letter-subject | {queue}  | place-holders are {stream}, {consumer}    | orders.dlq
			""")
	void namesTheProperty(String property, String value, String reason, String example) {
		String name = "nats.listener." + property;
		this.runner.withPropertyValues(name + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidNatsPropertyException.class)
				.hasMessageStartingWith("Property '" + name + "' with value '" + value + "' is invalid: " + reason)
				.hasMessageEndingWith("A working example: " + name + "=" + example));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			ack-wait         | -5s | it must be longer than zero | 30s
			backoff-max      | 0s  | it must be longer than zero | 1m
			backoff          | -1s | it must not be negative     | 1s,5s,10s
			ack-sync-timeout | -1s | it must not be negative     | 2s
			batch.linger     | -1s | it must not be negative     | 10ms
			""")
	void namesATime(String property, String value, String reason, String example) {
		String name = "nats.listener." + property;
		this.runner.withPropertyValues(name + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidNatsPropertyException.class)
				.hasMessageStartingWith("Property '" + name + "' with value ")
				.hasMessageEndingWith(reason + ". A working example: " + name + "=" + example));
	}

	@Test
	void noDeadLetterSubjectIsNone() {
		this.runner.withPropertyValues("nats.listener.dead-letter-subject=")
			.run((context) -> assertThat(context.getBean(NatsListenerDefaults.class).deadLetterSubject()).isNull());
	}

}
