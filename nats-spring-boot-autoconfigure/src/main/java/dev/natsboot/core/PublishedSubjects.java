package dev.natsboot.core;

import org.jspecify.annotations.Nullable;

/**
 * Checks the subjects that are published to. Whoever publishes a lot mostly publishes to
 * one subject, a constant: it is looked at once, as the look costs a tenth of publishing.
 */
final class PublishedSubjects {

	/** Not volatile: a thread that sees an older one looks once more. */
	private @Nullable String good;

	/**
	 * Check a subject.
	 * @throws IllegalArgumentException when nothing can be published to it
	 * @see NatsSubjects#requirePublishable
	 */
	@SuppressWarnings("ReferenceEquality")
	void require(String subject) {
		if (subject != this.good) {
			this.good = NatsSubjects.requirePublishable(subject);
		}
	}

}
