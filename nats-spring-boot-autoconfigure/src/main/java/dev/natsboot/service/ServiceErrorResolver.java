package dev.natsboot.service;

/**
 * Decides what a requester learns about a failure of a request handler, or of a listener
 * that answers. A bean of this type replaces the default, which answers
 * <ul>
 * <li>400 when the request can't be read or isn't valid,</li>
 * <li>the code of an exception that has one: {@link ServiceErrorCode} or
 * {@link dev.natsboot.core.NatsServiceErrorException},</li>
 * <li>500 for everything else.</li>
 * </ul>
 */
@FunctionalInterface
public interface ServiceErrorResolver {

	/**
	 * Turn a failure into an error reply.
	 * @param failure what the handler threw, without the wrappers of futures and of
	 * reflection
	 * @return the error to answer
	 */
	ServiceError resolve(Throwable failure);

	/**
	 * The default.
	 * @param errorMessages whether requesters get the texts of unexpected exceptions;
	 * otherwise these are all answered with the same text
	 * @return the resolver
	 */
	static ServiceErrorResolver withMessages(boolean errorMessages) {
		return new DefaultServiceErrorResolver(errorMessages);
	}

}
