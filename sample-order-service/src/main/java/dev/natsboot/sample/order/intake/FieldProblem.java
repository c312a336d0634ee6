package dev.natsboot.sample.order.intake;

import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.FieldError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;

/**
 * What is wrong with one field of a request.
 *
 * @param field the path to the field, for example {@code items[0].quantity}
 * @param message what it should be
 */
record FieldProblem(String field, String message) {

	static FieldProblem of(FieldError error) {
		return new FieldProblem(error.getField(), text(error.getDefaultMessage()));
	}

	static Stream<FieldProblem> of(ParameterErrors errors) {
		Integer index = errors.getContainerIndex();
		String prefix = (index != null) ? "[" + index + "]." : "";
		return errors.getFieldErrors()
			.stream()
			.map((error) -> new FieldProblem(prefix + error.getField(), text(error.getDefaultMessage())));
	}

	static Stream<FieldProblem> of(ParameterValidationResult result) {
		Integer index = result.getContainerIndex();
		String field = (index != null) ? "[" + index + "]" : "" + result.getMethodParameter().getParameterName();
		return result.getResolvableErrors()
			.stream()
			.map((error) -> new FieldProblem(field, text(error.getDefaultMessage())));
	}

	static FieldProblem of(HttpMessageNotReadableException ex) {
		if (!(ex.getCause() instanceof JacksonException cause)) {
			return new FieldProblem("body", "must be present");
		}
		return new FieldProblem(path(cause), cause.getOriginalMessage());
	}

	@Override
	public String toString() {
		return this.field + " " + this.message;
	}

	private static String text(@Nullable String message) {
		return (message != null) ? message : "is invalid";
	}

	private static String path(JacksonException ex) {
		StringBuilder path = new StringBuilder();
		for (JacksonException.Reference reference : ex.getPath()) {
			if (reference.getPropertyName() == null) {
				path.append('[').append(reference.getIndex()).append(']');
			}
			else {
				path.append(path.isEmpty() ? "" : ".").append(reference.getPropertyName());
			}
		}
		return path.isEmpty() ? "body" : path.toString();
	}

}
