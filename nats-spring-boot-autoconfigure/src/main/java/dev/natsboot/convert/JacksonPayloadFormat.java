package dev.natsboot.convert;

import java.lang.reflect.Type;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON by Jackson, with readers that are planned once. Jackson's own messages quote the
 * input, so neither they nor the exceptions that carry them leave this class.
 */
class JacksonPayloadFormat implements PayloadFormat {

	private final JsonMapper mapper;

	private final ObjectWriter writer;

	JacksonPayloadFormat(JsonMapper mapper) {
		this.mapper = mapper;
		this.writer = mapper.writer();
	}

	@Override
	public boolean supports(Class<?> type) {
		return true;
	}

	@Override
	public boolean accepts(String contentType) {
		return ContentTypes.isJson(contentType);
	}

	@Override
	public String contentType() {
		return ContentTypes.JSON;
	}

	@Override
	public Decoder decoder(Type type) {
		ObjectReader reader = this.mapper.readerFor(this.mapper.constructType(type));
		return (data) -> {
			try {
				return reader.readValue(data);
			}
			catch (JacksonException ex) {
				throw new MalformedPayloadException(reason(ex), causeOf(ex));
			}
		};
	}

	@Override
	public byte[] write(Object payload) throws MalformedPayloadException {
		try {
			return this.writer.writeValueAsBytes(payload);
		}
		catch (JacksonException ex) {
			throw new MalformedPayloadException(reason(ex), ex);
		}
	}

	private static String reason(JacksonException ex) {
		if (ex instanceof StreamReadException) {
			return "malformed JSON" + location(ex);
		}
		if (ex instanceof ValueInstantiationException instantiation) {
			Throwable cause = instantiation.getCause();
			return "no " + instantiation.getType() + " can be made of the value" + path(ex)
					+ ((cause != null) ? ": " + cause : "");
		}
		if (ex instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
			return "the value" + path(ex) + " is no " + mismatch.getTargetType().getTypeName() + location(ex);
		}
		return ex.getClass().getSimpleName() + path(ex) + location(ex);
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

	private static @Nullable Throwable causeOf(JacksonException ex) {
		return (ex instanceof DatabindException && !(ex.getCause() instanceof JacksonException)) ? ex.getCause() : null;
	}

}
