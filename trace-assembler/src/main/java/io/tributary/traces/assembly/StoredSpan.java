package io.tributary.traces.assembly;

import io.tributary.traces.tree.SpanFacts;
import java.util.Optional;

/**
 * A span as a {@link TraceChunk} has it.
 *
 * @param facts what is known of it
 * @param payload the bytes in which it waits to be emitted; empty if it was
 */
public record StoredSpan(SpanFacts facts, Optional<byte[]> payload) {}
