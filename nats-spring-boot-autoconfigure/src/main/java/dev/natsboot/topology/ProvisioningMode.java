package dev.natsboot.topology;

/**
 * What to do about a difference between what an application declares and what the server
 * has.
 */
public enum ProvisioningMode {

	/**
	 * Create what is missing, report what differs.
	 */
	CREATE,

	/**
	 * Create what is missing, change what the server can change, and report the rest as
	 * an error.
	 */
	UPDATE,

	/**
	 * Change nothing; what is missing or differs is an error.
	 */
	VALIDATE,

	/**
	 * Change nothing and compare nothing.
	 */
	NONE;

	boolean creates() {
		return this == CREATE || this == UPDATE;
	}

}
