package dev.natsboot.listener;

/**
 * Handles the messages of an endpoint: one at a time, or in batches.
 */
public sealed interface EndpointListener permits MessageListener, BatchMessageListener {

}
