package io.tributary.logindexer.document;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

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

    static final String ATTRIBUTE = "data_stream.dataset";
    static final byte[] ATTRIBUTE_BYTES = ATTRIBUTE.getBytes(StandardCharsets.US_ASCII);
    static final String GENERIC = "generic";

    private static final String FORBIDDEN = "-\\/*?\"<>| ,#:";
    private static final int MAX_LENGTH = 100;

    /** The name. */
    public String name() {
        return TYPE + '-' + dataset + '-' + namespace;
    }

    /** The data stream of this dataset, which is made fit for a name, and this tenant. */
    static DataStream of(String dataset, String tenant) {
        String lower = dataset.toLowerCase(Locale.ROOT);
        StringBuilder fit = new StringBuilder(lower.length());
        for (int i = 0; i < lower.length() && i < MAX_LENGTH; i++) {
            char c = lower.charAt(i);
            // Beyond ASCII one character may take several bytes of a name that is limited in bytes.
            fit.append(c <= ' ' || c > '~' || FORBIDDEN.indexOf(c) >= 0 ? '_' : c);
        }
        return new DataStream(fit.toString(), tenant);
    }
}
