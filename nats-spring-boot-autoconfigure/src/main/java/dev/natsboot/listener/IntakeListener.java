package dev.natsboot.listener;

/**
 * Hears from an intake what it can't repair itself. Called on threads that must not
 * block.
 */
interface IntakeListener {

	/**
	 * The server refuses to serve the consumer.
	 * @param text the server's words
	 */
	void unavailable(String text);

	/**
	 * Neither messages nor heartbeats came for too long.
	 */
	void silent();

}
