package dev.natsboot.sample.order;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

/**
 * Looks at each character once, which takes less of each event's time than a composition
 * of constraints with a regular expression among them.
 */
public class IdentifierValidator implements ConstraintValidator<Identifier, String> {

	private static final int LARGEST_LENGTH = 64;

	@Override
	public boolean isValid(@Nullable String value, ConstraintValidatorContext context) {
		return value != null && value.length() <= LARGEST_LENGTH && !value.isBlank() && canBeStored(value);
	}

	private static boolean canBeStored(String value) {
		for (int i = 0; i < value.length(); i += Character.charCount(value.codePointAt(i))) {
			int type = Character.getType(value.codePointAt(i));
			if (type == Character.CONTROL || type == Character.SURROGATE) {
				return false;
			}
		}
		return true;
	}

}
