package dev.natsboot.convert;

import java.lang.reflect.Type;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
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
				throw new MalformedPayloadException(JacksonReasons.of(ex), JacksonReasons.causeOf(ex));
			}
		};
	}

	@Override
	public byte[] write(Object payload) throws MalformedPayloadException {
		try {
			return this.writer.writeValueAsBytes(payload);
		}
		catch (JacksonException ex) {
			throw new MalformedPayloadException(JacksonReasons.of(ex), ex);
		}
	}

}
