package dev.natsboot.autoconfigure;

import java.util.Collection;
import java.util.Objects;

import org.springframework.beans.factory.ObjectProvider;

/**
 * The prefixes of inboxes besides the client's default.
 */
final class InboxPrefixes {

	private InboxPrefixes() {
	}

	static Collection<String> of(ObjectProvider<NatsProperties> connection) {
		return connection.stream()
			.map(NatsProperties::getInboxPrefix)
			.filter(Objects::nonNull)
			.map((prefix) -> prefix.endsWith(".") ? prefix : prefix + ".")
			.toList();
	}

}
