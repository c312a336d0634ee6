/**
 * The life of a connection: made in the background or at once, replaced when it was
 * closed for good, drained at the end. Everything that holds subscriptions follows it as
 * a {@link dev.natsboot.connection.ConnectionLifecycleListener}.
 */
@NullMarked
package dev.natsboot.connection;

import org.jspecify.annotations.NullMarked;
