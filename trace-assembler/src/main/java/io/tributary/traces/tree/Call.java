package io.tributary.traces.tree;

/**
 * One call from a service to another or to itself.
 *
 * @param caller the service that called
 * @param callee the service that was called; the same as caller for a call within a service
 * @param startNanos when the callee began, in nanoseconds since the epoch UTC
 * @param durationNanos how long it took as the callee saw it, in nanoseconds; at least 0
 * @param error whether either side failed
 */
public record Call(String caller, String callee, long startNanos, long durationNanos, boolean error) {}
