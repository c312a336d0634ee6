/**
 * Dead letters as a tool: look at them, send them back to where they came from, drop
 * them; and make them of messages that the server stopped delivering.
 */
@NullMarked
package dev.natsboot.deadletter;

import org.jspecify.annotations.NullMarked;
