package dev.natsboot.listener;

import io.nats.client.Connection;
import io.nats.client.api.ClusterInfo;
import io.nats.client.api.ConsumerInfo;
import org.jspecify.annotations.Nullable;

import org.springframework.util.CollectionUtils;

/**
 * Hears, by the server's advisory, when a consumer that several servers keep has another
 * leader. What was asked of the old one may be lost without an answer.
 */
final class LeaderWatch {

	private static final String SUBJECT = "$JS.EVENT.ADVISORY.CONSUMER.LEADER_ELECTED.";

	private @Nullable SourceSubscription subscription;

	void open(Connection connection, ConsumerInfo consumer, Runnable elected) {
		ClusterInfo cluster = consumer.getClusterInfo();
		if (cluster != null && !CollectionUtils.isEmpty(cluster.getReplicas())) {
			SourceSubscription fresh = new SourceSubscription(connection,
					SUBJECT + consumer.getStreamName() + "." + consumer.getName(), null, (message) -> elected.run());
			fresh.open();
			this.subscription = fresh;
		}
	}

	void close() {
		if (this.subscription != null) {
			this.subscription.close();
			this.subscription = null;
		}
	}

}
