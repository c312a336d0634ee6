package dev.natsboot.convert;

import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.ValueInstantiationException;

/**
 * What Jackson's exceptions say, without what they quote of the input.
 */
final class JacksonReasons {

	private JacksonReasons() {
	}

	static String of(JacksonException ex) {
		if (ex instanceof StreamReadException) {
			return "malformed JSON" + location(ex);
		}
		if (ex instanceof ValueInstantiationException instantiation) {
			Throwable cause = instantiation.getCause();
			return "no " + instantiation.getType() + " can be made of the value" + path(ex)
					+ ((cause != null) ? ": " + cause : "");
		}
		if (ex instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
			return mismatch(mismatch, mismatch.getTargetType().getTypeName());
		}
		return ex.getClass().getSimpleName() + path(ex) + location(ex);
	}

	/**
	 * Jackson takes a value that is missing for a null, which only its text tells apart
	 * from another value.
	 */
	private static String mismatch(MismatchedInputException ex, String type) {
		return ex.getOriginalMessage().startsWith("Cannot map `null` into type")
				? "the value" + path(ex) + " is missing or null" + location(ex) + ", but type " + type + " needs one"
				: "the value" + path(ex) + " is no " + type + location(ex);
	}

	private static String path(JacksonException ex) {
		if (ex.getPath().isEmpty()) {
			return "";
		}
		return ex.getPath()
			.stream()
			.map((reference) -> (reference.getPropertyName() != null) ? reference.getPropertyName()
					: "[" + reference.getIndex() + "]")
			.collect(Collectors.joining(".", " of '", "'"))
			.replace(".[", "[");
	}

	private static String location(JacksonException ex) {
		TokenStreamLocation location = ex.getLocation();
		return (location != null && location.getLineNr() > 0)
				? " at line " + location.getLineNr() + ", column " + location.getColumnNr() : "";
	}

	static @Nullable Throwable causeOf(JacksonException ex) {
		return (ex instanceof DatabindException && !(ex.getCause() instanceof JacksonException)) ? ex.getCause() : null;
	}

}
