package dev.natsboot.observation;

import io.nats.client.impl.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A message that is about to be published, as observation contexts show it.
 *
 * @param subject the subject
 * @param subjectTag the subject as tags name it, see {@link SubjectTags}
 * @param messageId the header {@code Nats-Msg-Id}, or {@code null} when there is none
 * @param bodySize the length of the payload in bytes
 * @param headers the headers, to which the trace is added
 */
public record OutgoingMessageInfo(String subject, String subjectTag, @Nullable String messageId, int bodySize,
		Headers headers) {
}
