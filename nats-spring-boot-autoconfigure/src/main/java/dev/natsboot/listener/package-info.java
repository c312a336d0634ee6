/**
 * Listener endpoints, the containers that run them, the way of a message through a
 * container, and the one place where its fate is settled.
 */
@NullMarked
package dev.natsboot.listener;

import org.jspecify.annotations.NullMarked;
