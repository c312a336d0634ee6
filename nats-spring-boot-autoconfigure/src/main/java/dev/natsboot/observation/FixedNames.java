package dev.natsboot.observation;

import io.micrometer.common.KeyValues;

/**
 * What is the same in all observations of one endpoint, or of one subject.
 *
 * @param contextualName the name of spans
 * @param lowCardinality the key values
 */
record FixedNames(String contextualName, KeyValues lowCardinality) {
}
