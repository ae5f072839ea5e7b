package io.tributary.local.dlq;

import java.util.List;

/** What was asked for is not among the dead letters. */
final class NoLetterException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The word names no topic that has dead letters. */
    NoLetterException(String word, List<String> topics) {
        super("dlq: " + word + " has no dead-letter topic (expected: one of " + String.join(", ", topics) + ")");
    }

    /** The topic has no letter at this offset. */
    NoLetterException(String topic, long offset) {
        super("dlq: " + topic + " has no letter at offset " + offset);
    }
}
