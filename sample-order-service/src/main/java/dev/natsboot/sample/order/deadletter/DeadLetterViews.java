package dev.natsboot.sample.order.deadletter;

import java.util.Objects;

import dev.natsboot.deadletter.DeadLetter;
import dev.natsboot.deadletter.DeadLetterPage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * Looks into dead letters for what a person wants to know.
 */
@Component
class DeadLetterViews {

	private final JsonMapper json;

	DeadLetterViews(JsonMapper json) {
		this.json = json;
	}

	DeadLetters of(DeadLetterPage page) {
		return new DeadLetters(page.deadLetters().stream().map(this::of).toList(),
				(page.next() != null) ? Objects.toString(page.next()) : null);
	}

	private DeadLetterView of(DeadLetter letter) {
		return new DeadLetterView(letter.id().toString(), letter.listener(), letter.subject(), orderId(letter),
				letter.exception(), letter.text(), letter.deliveries(), letter.time());
	}

	/**
	 * A payload that can't be read is a reason to become a dead letter.
	 */
	private @Nullable String orderId(DeadLetter letter) {
		try {
			return this.json.readTree(letter.data()).path("orderId").asStringOpt().orElse(null);
		}
		catch (JacksonException ex) {
			return null;
		}
	}

}
