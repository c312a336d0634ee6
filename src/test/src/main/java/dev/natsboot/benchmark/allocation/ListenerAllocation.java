package dev.natsboot.benchmark.allocation;

import org.openjdk.jmh.annotations.Benchmark;

/**
 * A message from the stream through the handler to its acknowledgement, and before that
 * from a publisher, which is the same on both sides, to the stream.
 */
public class ListenerAllocation {

	@Benchmark
	public void handleBytesJnats(Site site, JnatsConsumer consumer) throws Exception {
		site.stream.publish(Site.BYTES, site.body);
		consumer.await();
	}

	@Benchmark
	public void handleBytesStarter(Site site, StarterConsumer consumer) throws Exception {
		site.stream.publish(Site.BYTES, site.body);
		consumer.await();
	}

	@Benchmark
	public void handleRecordJnats(Site site, JnatsConsumer consumer) throws Exception {
		site.stream.publish(Site.RECORDS, site.json);
		consumer.await();
	}

	@Benchmark
	public void handleRecordStarter(Site site, StarterConsumer consumer) throws Exception {
		site.stream.publish(Site.RECORDS, site.json);
		consumer.await();
	}

}
