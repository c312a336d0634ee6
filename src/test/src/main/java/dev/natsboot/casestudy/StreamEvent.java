package dev.natsboot.casestudy;

import java.time.Instant;

/**
 * What the judgement needs of a message in a stream.
 *
 * @param subject the subject
 * @param orderId the order, empty if the message names none
 * @param timestamp when the stream stored it
 */
record StreamEvent(String subject, String orderId, Instant timestamp) {

}
