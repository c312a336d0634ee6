package dev.natsboot.convert;

import org.jspecify.annotations.Nullable;

import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/**
 * Questions about content types.
 */
final class ContentTypes {

	static final String JSON = "application/json";

	static final String PROTOBUF = "application/x-protobuf";

	private ContentTypes() {
	}

	static boolean isJson(String contentType) {
		if (contentType.equals(JSON)) {
			return true;
		}
		MimeType type = parse(contentType);
		return type != null && (type.getSubtype().equals("json") || "json".equals(type.getSubtypeSuffix()));
	}

	static boolean isProtobuf(String contentType) {
		return contentType.equals(PROTOBUF) || isOneOf(contentType, "x-protobuf", "protobuf", "vnd.google.protobuf");
	}

	static boolean isText(String contentType) {
		MimeType type = parse(contentType);
		return type != null && type.getType().equals("text");
	}

	static boolean isOneOf(String contentType, String... subtypes) {
		MimeType type = parse(contentType);
		if (type == null || !type.getType().equals("application")) {
			return false;
		}
		for (String subtype : subtypes) {
			if (type.getSubtype().equals(subtype)) {
				return true;
			}
		}
		return false;
	}

	private static @Nullable MimeType parse(String contentType) {
		try {
			return MimeTypeUtils.parseMimeType(contentType);
		}
		catch (InvalidMimeTypeException ex) {
			return null;
		}
	}

}
