package io.tributary.logindexer.document;

import io.tributary.schemas.avro.LogRecord;
import java.util.Locale;
import java.util.Map;

/**
 * The data stream of a log record: {@code logs-<dataset>-<namespace>}. Elastic: "An introduction to the Elastic data
 * stream naming scheme".
 *
 * @param dataset the {@code data_stream.dataset} of the record or of its resource, made fit for a name; {@code generic}
 *     if there is none
 * @param namespace the tenant
 */
public record DataStream(String dataset, String namespace) {
    /** What every name begins with. */
    public static final String TYPE = "logs";

    private static final String ATTRIBUTE = "data_stream.dataset";
    private static final String GENERIC = "generic";
    private static final String FORBIDDEN = "-\\/*?\"<>| ,#:";
    private static final int MAX_LENGTH = 100;

    /** The data stream of this record. */
    public static DataStream of(LogRecord record) {
        return new DataStream(
                dataset(record.getAttributes(), record.getResource().getAttributes()), record.getTenant());
    }

    /** The name. */
    public String name() {
        return TYPE + '-' + dataset + '-' + namespace;
    }

    private static String dataset(Map<String, Object> attributes, Map<String, Object> resource) {
        if (attributes.get(ATTRIBUTE) instanceof String own && !own.isEmpty()) {
            return fit(own);
        }
        return resource.get(ATTRIBUTE) instanceof String common && !common.isEmpty() ? fit(common) : GENERIC;
    }

    private static String fit(String dataset) {
        String lower = dataset.toLowerCase(Locale.ROOT);
        StringBuilder fit = new StringBuilder(lower.length());
        for (int i = 0; i < lower.length() && i < MAX_LENGTH; i++) {
            char c = lower.charAt(i);
            // Beyond ASCII one character may take several bytes of a name that is limited in bytes.
            fit.append(c <= ' ' || c > '~' || FORBIDDEN.indexOf(c) >= 0 ? '_' : c);
        }
        return fit.toString();
    }
}
