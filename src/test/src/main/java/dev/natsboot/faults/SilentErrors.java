package dev.natsboot.faults;

import io.nats.client.ErrorListener;

/**
 * Says nothing about errors that were made on purpose.
 */
final class SilentErrors implements ErrorListener {

}
