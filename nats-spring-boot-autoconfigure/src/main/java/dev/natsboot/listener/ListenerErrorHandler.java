package dev.natsboot.listener;

/**
 * Decides what becomes of a message whose handling failed.
 */
@FunctionalInterface
public interface ListenerErrorHandler {

	/**
	 * Decide. For a core subscription the decision has no effect beyond what this method
	 * does itself. When it throws, the message is retried as the endpoint's back-off
	 * says.
	 * @param failure what failed, and why
	 * @return what to do
	 */
	FailureAction handle(ListenerFailure failure);

}
