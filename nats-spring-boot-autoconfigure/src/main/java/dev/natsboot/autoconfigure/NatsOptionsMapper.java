package dev.natsboot.autoconfigure;

import java.time.Duration;
import java.util.List;

import dev.natsboot.connection.NatsConnectionManagerBuilder;
import io.nats.client.Options;

import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.util.unit.DataSize;

/**
 * Maps {@link NatsProperties} and {@link NatsConnectionDetails} to the client's options.
 */
class NatsOptionsMapper {

	private static final int READ_TIMEOUT_IN_PING_INTERVALS = 3;

	private final NatsProperties properties;

	private final NatsConnectionDetails details;

	NatsOptionsMapper(NatsProperties properties, NatsConnectionDetails details) {
		this.properties = properties;
		this.details = details;
		NatsPropertiesValidator.validate(properties, details);
	}

	/**
	 * Map to new options, with keys and certificates as they are now.
	 */
	void apply(Options.Builder options) {
		mapServers(options);
		mapTimes(options);
		mapReconnecting(options);
		mapBehaviour(options);
		mapTls(options);
		new NatsAuthentication(this.details).apply(options);
	}

	Options.Builder map() {
		Options.Builder options = NatsConnectionManagerBuilder.defaultOptions();
		apply(options);
		return options;
	}

	private void mapServers(Options.Builder options) {
		PropertyMapper map = PropertyMapper.get();
		map.from(this.details::getServers).as(NatsOptionsMapper::trimmed).to(options::servers);
		map.from(this.properties::isIgnoreDiscoveredServers).whenTrue().toCall(options::ignoreDiscoveredServers);
		map.from(this.properties::isNoRandomize).whenTrue().toCall(options::noRandomize);
	}

	private static String[] trimmed(List<String> servers) {
		return servers.stream().map(String::trim).toArray(String[]::new);
	}

	private void mapTimes(Options.Builder options) {
		PropertyMapper map = PropertyMapper.get();
		map.from(this.properties::getConnectionTimeout).to(options::connectionTimeout);
		map.from(this.properties::getPingInterval).to(options::pingInterval);
		map.from(this.properties::getMaxPingsOut).to(options::maxPingsOut);
		map.from(this.properties::getReadTimeout)
			.orFrom(() -> this.properties.getPingInterval().multipliedBy(READ_TIMEOUT_IN_PING_INTERVALS))
			.as(Duration::toMillis)
			.as(Math::toIntExact)
			.to(options::socketReadTimeoutMillis);
		map.from(this.properties::getRequestCleanupInterval).to(options::requestCleanupInterval);
	}

	private void mapReconnecting(Options.Builder options) {
		PropertyMapper map = PropertyMapper.get();
		map.from(this.properties::getMaxReconnects).to(options::maxReconnects);
		map.from(this.properties::getReconnectWait).to(options::reconnectWait);
		map.from(this.properties::getReconnectJitter).to(options::reconnectJitter);
		map.from(this.properties::getReconnectJitterTls).to(options::reconnectJitterTls);
		map.from(this.properties::getReconnectBufferSize).as(DataSize::toBytes).to(options::reconnectBufferSize);
	}

	private void mapBehaviour(Options.Builder options) {
		PropertyMapper map = PropertyMapper.get();
		map.from(this.properties::getConnectionName).whenHasText().to(options::connectionName);
		map.from(this.properties::getInboxPrefix).whenHasText().to(options::inboxPrefix);
		map.from(this.properties::isNoEcho).whenTrue().toCall(options::noEcho);
		NatsProperties.OutgoingQueue queue = this.properties.getOutgoingQueue();
		map.from(queue::getMaxMessages).to(options::maxMessagesInOutgoingQueue);
		map.from(queue::isDiscardWhenFull).whenTrue().toCall(options::discardMessagesWhenOutgoingQueueFull);
	}

	private void mapTls(Options.Builder options) {
		PropertyMapper map = PropertyMapper.get();
		map.from(this.details::getSslBundle).as(SslBundle::createSslContext).to(options::sslContext);
		map.from(this.properties::isTlsFirst).whenTrue().toCall(options::tlsFirst);
	}

}
