package dev.natsboot.service;

import java.util.stream.Collectors;

import dev.natsboot.core.NatsServiceErrorException;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.handler.annotation.support.MethodArgumentNotValidException;
import org.springframework.messaging.handler.invocation.MethodArgumentResolutionException;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;
import org.springframework.validation.Errors;
import org.springframework.validation.FieldError;
import org.springframework.validation.method.MethodValidationException;

/**
 * The codes that {@link ServiceErrorResolver} describes.
 */
final class DefaultServiceErrorResolver implements ServiceErrorResolver {

	/**
	 * By name because validation is optional.
	 */
	private static final String CONSTRAINT_VIOLATION = "jakarta.validation.ConstraintViolationException";

	private final boolean errorMessages;

	DefaultServiceErrorResolver(boolean errorMessages) {
		this.errorMessages = errorMessages;
	}

	@Override
	public ServiceError resolve(Throwable failure) {
		ServiceErrorCode code = AnnotatedElementUtils.findMergedAnnotation(failure.getClass(), ServiceErrorCode.class);
		if (code != null) {
			return new ServiceError(code.value(), text(failure));
		}
		if (failure instanceof NatsServiceErrorException error) {
			return new ServiceError(error.getCode(), error.getError());
		}
		if (failure instanceof MethodArgumentNotValidException invalid && invalid.getBindingResult() != null) {
			return new ServiceError(ServiceError.BAD_REQUEST, violations(invalid.getBindingResult()));
		}
		if (isBadRequest(failure)) {
			return new ServiceError(ServiceError.BAD_REQUEST, text(failure));
		}
		return new ServiceError(ServiceError.INTERNAL, this.errorMessages ? text(failure) : "Internal error");
	}

	/**
	 * What is wrong with the payload, without the handler's signature and the rejected
	 * values.
	 */
	private String violations(Errors errors) {
		return "Invalid request: " + errors.getAllErrors()
			.stream()
			.map((error) -> ((error instanceof FieldError field) ? field.getField() + " " : "")
					+ error.getDefaultMessage())
			.sorted()
			.collect(Collectors.joining(", "));
	}

	private boolean isBadRequest(Throwable failure) {
		return failure instanceof MessageConversionException || failure instanceof MethodArgumentResolutionException
				|| failure instanceof MethodValidationException || isConstraintViolation(failure.getClass());
	}

	private boolean isConstraintViolation(Class<?> type) {
		for (Class<?> each = type; each != null; each = each.getSuperclass()) {
			if (each.getName().equals(CONSTRAINT_VIOLATION)) {
				return true;
			}
		}
		return false;
	}

	private String text(Throwable failure) {
		String message = failure.getMessage();
		return (message != null && StringUtils.hasText(message)) ? message
				: ClassUtils.getShortName(failure.getClass());
	}

}
