package dev.natsboot.deadletter;

/**
 * A dead letter that was sent back.
 *
 * @param id where it was stored
 * @param subject the subject that it was published to
 * @param stream the stream that has it now
 * @param sequence its sequence in that stream
 * @param repeated whether it had been published before, by an attempt that ended before
 * the dead letter was deleted
 */
public record Redrive(DeadLetterId id, String subject, String stream, long sequence, boolean repeated) {
}
