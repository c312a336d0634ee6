package dev.natsboot.service;

import java.util.Set;

import jakarta.validation.ConstraintViolationException;
import org.junit.jupiter.api.Test;

import org.springframework.core.MethodParameter;
import org.springframework.messaging.handler.annotation.support.MethodArgumentNotValidException;
import org.springframework.messaging.support.GenericMessage;
import org.springframework.validation.BeanPropertyBindingResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The codes and texts of failures.
 */
class DefaultServiceErrorResolverTests {

	private final ServiceErrorResolver resolver = new DefaultServiceErrorResolver(true);

	@Test
	void namesInvalidFieldsWithoutTheirValues() throws Exception {
		BeanPropertyBindingResult result = new BeanPropertyBindingResult(new Order("secret", 0), "order");
		result.rejectValue("quantity", "min", "must be greater than 0");
		result.rejectValue("customer", "size", "is too short");
		MethodParameter parameter = new MethodParameter(getClass().getDeclaredMethod("handle", Order.class), 0);
		Exception failure = new MethodArgumentNotValidException(new GenericMessage<>("x"), parameter, result);
		assertThat(this.resolver.resolve(failure)).isEqualTo(
				new ServiceError(400, "Invalid request: customer is too short, quantity must be greater than 0"));
	}

	@Test
	void answersConstraintViolationsWith400() {
		assertThat(this.resolver.resolve(new ConstraintViolationException("find.id: must not be empty", Set.of())))
			.isEqualTo(new ServiceError(400, "find.id: must not be empty"));
	}

	@Test
	void hidesTheTextsOfUnexpectedExceptionsOnDemand() {
		ServiceErrorResolver discreet = new DefaultServiceErrorResolver(false);
		assertThat(discreet.resolve(new IllegalStateException("internals")))
			.isEqualTo(new ServiceError(500, "Internal error"));
		assertThat(discreet.resolve(new ConstraintViolationException("find.id: must not be empty", Set.of())).text())
			.isEqualTo("find.id: must not be empty");
	}

	void handle(Order order) {
	}

	record Order(String customer, int quantity) {

		public String getCustomer() {
			return this.customer;
		}

		public int getQuantity() {
			return this.quantity;
		}

	}

}
