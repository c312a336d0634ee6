package dev.natsboot.faults;

import java.util.Arrays;
import java.util.List;

/**
 * What can go wrong.
 */
enum FaultKind {

	SERVER_KILLED("nats-server killed (-9)", Where.SINGLE, Side.SERVER),

	SERVER_RESTARTED("nats-server restarted", Where.SINGLE, Side.SERVER),

	SERVER_LAME_DUCK("nats-server in lame-duck mode, restarted", Where.SINGLE, Side.SERVER),

	CONSUMER_LEADER_KILLED("cluster: leader of the consumer killed (-9)", Where.CLUSTER, Side.SERVER),

	STREAM_LEADER_KILLED("cluster: leader of the stream killed (-9)", Where.CLUSTER, Side.SERVER),

	NODE_KILLED("cluster: any node killed (-9)", Where.CLUSTER, Side.SERVER),

	NODE_RESTARTED("cluster: any node restarted", Where.CLUSTER, Side.SERVER),

	NODE_LAME_DUCK("cluster: any node in lame-duck mode, restarted", Where.CLUSTER, Side.SERVER),

	CONNECTION_CUT("connection cut, server alive", Where.BOTH, Side.SERVER),

	CONNECTION_FROZEN("connection frozen, goes on", Where.BOTH, Side.SERVER),

	CONNECTION_HALF_OPEN("connection half-open, data lost", Where.BOTH, Side.SERVER),

	LATENCY("latency of 50 to 250 ms each way", Where.BOTH, Side.SERVER),

	STREAMS_FULL("streams full", Where.BOTH, Side.SERVER),

	STORE_FULL("JetStream store full", Where.SINGLE, Side.SERVER),

	PROCESSOR_KILLED("processor killed (-9), restarted", Where.BOTH, Side.PROCESSOR),

	PROCESSOR_STOPPED("processor stopped (SIGTERM), restarted", Where.BOTH, Side.PROCESSOR),

	DATABASE_STOPPED("database stopped, restarted", Where.BOTH, Side.PROCESSOR);

	private final String text;

	private final Where where;

	private final Side side;

	FaultKind(String text, Where where, Side side) {
		this.text = text;
		this.where = where;
		this.side = side;
	}

	String text() {
		return this.text;
	}

	Side side() {
		return this.side;
	}

	/**
	 * Return what can happen to a cluster, or to a single server.
	 * @param cluster whether there is a cluster
	 * @param sound whether the servers of a cluster agree about what a full stream
	 * refuses
	 * @return the kinds
	 */
	static List<FaultKind> possible(boolean cluster, boolean sound) {
		Where other = cluster ? Where.SINGLE : Where.CLUSTER;
		return Arrays.stream(values())
			.filter((kind) -> kind.where != other && (sound || !cluster || kind != STREAMS_FULL))
			.toList();
	}

	private enum Where {

		SINGLE, CLUSTER, BOTH

	}

	/**
	 * What is affected. Two faults of different sides may happen at the same time.
	 */
	enum Side {

		SERVER, PROCESSOR

	}

}
