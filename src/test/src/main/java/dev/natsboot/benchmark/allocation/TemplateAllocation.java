package dev.natsboot.benchmark.allocation;

import dev.natsboot.benchmark.program.Order;
import io.nats.client.PublishOptions;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * Publishing and requesting, each with jnats alone and with a template.
 */
public class TemplateAllocation {

	@Benchmark
	public void publishBytesJnats(Site site) {
		site.connection.publish(Site.SUBJECT, site.body);
	}

	@Benchmark
	public void publishBytesStarter(Site site) {
		site.template.publish(Site.SUBJECT, site.body);
	}

	@Benchmark
	public void publishRecordJnats(Site site) {
		site.connection.publish(Site.SUBJECT, site.mapper.writeValueAsBytes(site.order));
	}

	@Benchmark
	public void publishRecordStarter(Site site) {
		site.template.publish(Site.SUBJECT, site.order);
	}

	@Benchmark
	public Object storeBytesJnats(Site site) throws Exception {
		return store(site, site.body);
	}

	@Benchmark
	public Object storeBytesStarter(Site site) throws Exception {
		return site.jetStreamWithoutIds.publishAsync(Site.STORED, site.body).get();
	}

	@Benchmark
	public Object storeBytesWithIdJnats(Site site) throws Exception {
		return storeWithId(site, site.body);
	}

	@Benchmark
	public Object storeBytesWithIdStarter(Site site) throws Exception {
		return site.jetStream.publishAsync(Site.STORED, site.body).get();
	}

	@Benchmark
	public Object storeRecordJnats(Site site) throws Exception {
		return store(site, site.mapper.writeValueAsBytes(site.order));
	}

	@Benchmark
	public Object storeRecordStarter(Site site) throws Exception {
		return site.jetStreamWithoutIds.publishAsync(Site.STORED, site.order).get();
	}

	@Benchmark
	public Object storeRecordWithIdJnats(Site site) throws Exception {
		return storeWithId(site, site.mapper.writeValueAsBytes(site.order));
	}

	@Benchmark
	public Object storeRecordWithIdStarter(Site site) throws Exception {
		return site.jetStream.publishAsync(Site.STORED, site.order).get();
	}

	@Benchmark
	public Object requestBytesJnats(Site site) throws Exception {
		return site.request(Site.ECHO, site.body);
	}

	@Benchmark
	public @Nullable Object requestBytesStarter(Site site) {
		return site.template.request(Site.ECHO, site.body, byte[].class);
	}

	@Benchmark
	public Object requestRecordJnats(Site site) throws Exception {
		return site.mapper.readValue(site.request(Site.ECHO, site.mapper.writeValueAsBytes(site.order)), Order.class);
	}

	@Benchmark
	public @Nullable Object requestRecordStarter(Site site) {
		return site.template.request(Site.ECHO, site.order, Order.class);
	}

	private static Object store(Site site, byte[] body) throws Exception {
		return site.stream.publishAsync(Site.STORED, body).get();
	}

	private static Object storeWithId(Site site, byte[] body) throws Exception {
		PublishOptions options = PublishOptions.builder().messageId(site.ids.generateId().toString()).build();
		return site.stream.publishAsync(Site.STORED, body, options).get();
	}

}
