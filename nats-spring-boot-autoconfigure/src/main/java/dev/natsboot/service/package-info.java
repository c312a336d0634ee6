/**
 * Request handlers as NATS services (ADR-32), and finding the services of others.
 */
@NullMarked
package dev.natsboot.service;

import org.jspecify.annotations.NullMarked;
