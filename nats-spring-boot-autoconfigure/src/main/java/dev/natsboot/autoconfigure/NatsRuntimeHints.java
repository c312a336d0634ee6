package dev.natsboot.autoconfigure;

import java.util.stream.Stream;

import dev.natsboot.connection.MaskingDataPort;
import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamManagement;
import io.nats.client.KeyValue;
import io.nats.client.KeyValueManagement;
import io.nats.client.ObjectStoreManagement;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * The proxies that follow a connection and the client's socket, for native images.
 */
class NatsRuntimeHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		Stream
			.of(Connection.class, JetStream.class, JetStreamManagement.class, KeyValue.class, KeyValueManagement.class,
					ObjectStoreManagement.class)
			.forEach((type) -> hints.proxies().registerJdkProxy(type));
		hints.reflection().registerType(MaskingDataPort.class, MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS);
	}

}
