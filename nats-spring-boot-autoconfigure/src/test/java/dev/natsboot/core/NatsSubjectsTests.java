package dev.natsboot.core;

import io.nats.client.support.Validator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class NatsSubjectsTests {

	@ParameterizedTest
	@ValueSource(strings = { "a", "orders.created.v1", "$JS.API.INFO", "_INBOX.x", "a*b.c>", "Order-1_2" })
	void acceptsSubjectsToPublishTo(String subject) {
		assertThat(NatsSubjects.requirePublishable(subject)).isSameAs(subject);
		assertThat(NatsSubjects.requireSubscribable(subject)).isSameAs(subject);
	}

	@ParameterizedTest
	@ValueSource(strings = { "*", ">", "orders.*", "orders.>", "*.created.>", "orders.*.v1" })
	void acceptsWildcardsToSubscribeToOnly(String subject) {
		assertThat(NatsSubjects.requireSubscribable(subject)).isSameAs(subject);
		assertThatIllegalArgumentException().isThrownBy(() -> NatsSubjects.requirePublishable(subject))
			.withMessage("Can't publish to subject '" + subject
					+ "': wildcards are for subscribing, for example 'orders.created.v1'");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", ".", "a.", ".a", "a..b", "a b", " a", "a\tb", "a\nb", "a\u007f", "\u00fc", ">.a", "a.>.b" })
	void refusesSubjectsThatNatsLoses(String subject) {
		assertThatIllegalArgumentException().isThrownBy(() -> NatsSubjects.requireSubscribable(subject))
			.withMessageStartingWith("Can't subscribe to subject '")
			.withMessageContaining("for example");
		assertThatIllegalArgumentException().isThrownBy(() -> NatsSubjects.requirePublishable(subject));
	}

	@Test
	void namesControlCharactersReadably() {
		assertThatIllegalArgumentException().isThrownBy(() -> NatsSubjects.requirePublishable("a\r\nPUB b"))
			.withMessage("Can't publish to subject 'a\\u000d\\u000aPUB b': blanks and control characters are not "
					+ "allowed, for example 'orders.created.v1'");
	}

	@ParameterizedTest
	@CsvSource({ "a,a,true", "a,b,false", "a.b,a,false", "a,a.b,false", "*,a,true", "*,a.b,false", ">,a,true",
			">,a.b.c,true", "a.>,a,false", "a.>,a.b,true", "a.*.c,a.b.c,true", "a.*.c,a.b.d,false",
			"Order.*,Order.Delivered.Returned,false", "Order.>,Order.Delivered.Returned,true", "a*,ab,false",
			"*.*,a,false" })
	void matchesAsTheServerDoes(String pattern, String subject, boolean expected) {
		assertThat(NatsSubjects.matches(pattern, subject)).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "pay-ment", "payment.v1", "$a.b/c.d" })
	void takesQueueGroupsThatTheClientTakes(String name) {
		assertThat(NatsSubjects.isQueueGroup(name)).isTrue();
		assertThat(Validator.validateQueueName(name, true)).isEqualTo(name);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a..b", ".a", "a.", ".", "a*", "a>b", ">.a", "a b", "a\tb" })
	void refusesQueueGroupsThatTheClientRefuses(String name) {
		assertThat(NatsSubjects.isQueueGroup(name)).isFalse();
		assertThatIllegalArgumentException().isThrownBy(() -> Validator.validateQueueName(name, true));
	}

	@ParameterizedTest
	@CsvSource({ "a.b,false", "a.*,true", ">,true", "*,true", "a.*.b,true", "a*b,false", "a.b>,false" })
	void tellsWildcards(String subject, boolean expected) {
		assertThat(NatsSubjects.hasWildcards(subject)).isEqualTo(expected);
	}

}
