package dev.natsboot.deadletter;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Some of the dead letters.
 *
 * @param deadLetters the dead letters in the order of their streams' names and their
 * sequences
 * @param next the first one that matches and isn't here, to go on with; {@code null} when
 * there are no more
 */
public record DeadLetterPage(List<DeadLetter> deadLetters, @Nullable DeadLetterId next) {
}
