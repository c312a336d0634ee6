package dev.natsboot.deadletter;

/**
 * A consumer whose server stops delivering a message after some deliveries.
 *
 * @param listener the id of the listener whose dead letters these are
 * @param stream the consumer's stream
 * @param consumer the consumer
 * @param deadLetterSubject where the dead letters go, with place-holders
 */
record FollowedConsumer(String listener, String stream, String consumer, String deadLetterSubject) {

	String advisorySubject() {
		return MaxDeliveriesAdvisory.subject(this.stream, this.consumer);
	}

	/**
	 * The durable consumer of its advisories, and the queue group where there is none.
	 */
	String follower() {
		return this.consumer + "@" + this.stream;
	}

	@Override
	public String toString() {
		return "consumer '" + this.consumer + "' of stream '" + this.stream + "'";
	}

}
