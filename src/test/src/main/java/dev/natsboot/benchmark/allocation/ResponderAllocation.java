package dev.natsboot.benchmark.allocation;

import org.openjdk.jmh.annotations.Benchmark;

/**
 * A request from its arrival through the handler to the reply, and before that from a
 * requester, which is the same on both sides.
 */
public class ResponderAllocation {

	@Benchmark
	public Object answerBytesJnats(Site site, JnatsConsumer responder) throws Exception {
		return site.request(Site.ANSWERED_BYTES, site.body);
	}

	@Benchmark
	public Object answerBytesStarter(Site site, StarterConsumer responder) throws Exception {
		return site.request(Site.ANSWERED_BYTES, site.body);
	}

	@Benchmark
	public Object answerRecordJnats(Site site, JnatsConsumer responder) throws Exception {
		return site.request(Site.ANSWERED_RECORDS, site.json);
	}

	@Benchmark
	public Object answerRecordStarter(Site site, StarterConsumer responder) throws Exception {
		return site.request(Site.ANSWERED_RECORDS, site.json);
	}

}
