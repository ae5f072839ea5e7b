package io.tributary.connect.elasticsearch;

import io.tributary.schemas.avro.CorrectedTimes;
import io.tributary.schemas.avro.Trace;
import io.tributary.schemas.avro.TraceSummary;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The summary of a trace, a document in the data stream {@code traces-tributary-<tenant>} with the trace id as its id.
 * All parts of a revision give the same document.
 */
final class TraceDocument {
    /** The field with the revision, by which the newest wins. */
    static final String REVISION = "revision";

    private TraceDocument() {}

    static Document of(Trace trace) {
        TraceSummary summary = trace.getSummary();
        String id = HexFormat.of().formatHex(trace.getTraceId().bytes());
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(
                "@timestamp", IndexNames.instant(summary.getStartTimeUnixNano()).toString());
        fields.put("trace", Map.of("id", id));
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("service", summary.getRootService());
        root.put("operation", summary.getRootOperation());
        fields.put("root", root);
        fields.put("duration_nanos", summary.getDurationNanos());
        fields.put("span_count", summary.getSpanCount());
        fields.put("error_count", summary.getErrorCount());
        fields.put("services", summary.getServices());
        fields.put("completeness", summary.getCompleteness().name().toLowerCase(Locale.ROOT));
        if (trace.getCorrected() != null) {
            fields.put("corrected", corrected(trace.getCorrected()));
        }
        fields.put(REVISION, trace.getRevision());
        Map<String, Object> stream = new LinkedHashMap<>();
        stream.put("type", "traces");
        stream.put("dataset", "tributary");
        stream.put("namespace", trace.getTenant());
        fields.put("data_stream", stream);
        return new Document(IndexNames.traces(trace.getTenant()), id, fields);
    }

    /** The times if clocks agreed, beside those that came. */
    private static Map<String, Object> corrected(CorrectedTimes times) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("start", IndexNames.instant(times.getStartTimeUnixNano()).toString());
        fields.put("duration_nanos", times.getDurationNanos());
        fields.put("shifted_spans", times.getShiftedSpans());
        fields.put("greatest_shift_nanos", times.getGreatestShiftNanos());
        fields.put("capped_spans", times.getCappedSpans());
        return fields;
    }
}
