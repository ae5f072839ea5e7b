package io.tributary.metrics.point;

import io.tributary.schemas.identity.SeriesId;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Labels of which it is known what series they make, and that are decoded only when somebody looks at them. */
final class SentLabels extends AbstractMap<String, String> {
    private final SeriesId series;
    private final Supplier<Map<String, String>> decoding;
    private Map<String, String> decoded;

    SentLabels(SeriesId series, Supplier<Map<String, String>> decoding) {
        this.series = series;
        this.decoding = decoding;
    }

    /** The series that they make with the tenant and the name of their point. */
    SeriesId series() {
        return series;
    }

    @Override
    public Set<Map.Entry<String, String>> entrySet() {
        if (decoded == null) {
            decoded = decoding.get();
        }
        return decoded.entrySet();
    }
}
