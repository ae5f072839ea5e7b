package io.tributary.traces.stream;

import io.tributary.traces.assembly.ClosingRule;
import io.tributary.traces.assembly.PartLimits;
import io.tributary.traces.edge.EdgeWindows;
import java.time.Duration;

/**
 * How traces are assembled.
 *
 * @param closing when a trace closes
 * @param limits how large things get
 * @param edges the windows of service edges
 * @param clockCap how far the view of agreeing clocks moves a span at most; zero for no such view
 * @param heldBytes how many bytes of traces all partitions of the process together hold in memory
 */
public record TraceSettings(
        ClosingRule closing, PartLimits limits, EdgeWindows edges, Duration clockCap, long heldBytes) {}
