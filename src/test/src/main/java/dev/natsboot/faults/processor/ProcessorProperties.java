package dev.natsboot.faults.processor;

import java.nio.file.Path;

import dev.natsboot.listener.ConsumerType;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the processor is started with.
 *
 * @param ledger the file in which it writes down what its handlers do
 * @param parent the id of the process without which it ends
 * @param stream the stream of the orders
 * @param consumer the durable consumer that it shares with the other processors
 * @param consumerType how orders come from the stream
 */
@ConfigurationProperties("processor")
record ProcessorProperties(Path ledger, long parent, @DefaultValue("ORDERS") String stream,
		@DefaultValue("processors") String consumer, @DefaultValue("pull") ConsumerType consumerType) {

}
