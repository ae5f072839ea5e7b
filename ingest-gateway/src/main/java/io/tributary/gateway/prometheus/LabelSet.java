package io.tributary.gateway.prometheus;

import io.tributary.schemas.identity.SeriesId;
import io.tributary.schemas.identity.SeriesText;
import io.tributary.schemas.serde.Encoded;
import java.io.IOException;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.apache.avro.io.Encoder;
import org.apache.avro.util.Utf8;

/** Labels in the order of their names, in which they are hashed and written. It does not change. */
public final class LabelSet extends AbstractMap<String, String> implements Encoded {
    private final Utf8[] names;
    private final Utf8[] values;

    /** Takes both arrays over; the names are in order, and no value is empty. */
    LabelSet(Utf8[] names, Utf8[] values) {
        this.names = names;
        this.values = values;
    }

    static LabelSet of(SortedMap<String, String> labels) {
        return new LabelSet(
                labels.keySet().stream().map(Utf8::new).toArray(Utf8[]::new),
                labels.values().stream().map(Utf8::new).toArray(Utf8[]::new));
    }

    @Override
    public void writeTo(Encoder out) throws IOException {
        out.writeMapStart();
        out.setItemCount(names.length);
        for (int i = 0; i < names.length; i++) {
            out.startItem();
            out.writeString(names[i]);
            out.writeString(values[i]);
        }
        out.writeMapEnd();
    }

    /** The id of the series that this tenant's metric has with these labels; the text is used for it. */
    public SeriesId series(String tenant, String name, SeriesText text) {
        text.begin(tenant, name);
        for (int i = 0; i < names.length; i++) {
            text.label(names[i], values[i]);
        }
        return text.id();
    }

    @Override
    public Set<Map.Entry<String, String>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<String, String>> iterator() {
                return IntStream.range(0, names.length)
                        .mapToObj(i -> Map.entry(names[i].toString(), values[i].toString()))
                        .iterator();
            }

            @Override
            public int size() {
                return names.length;
            }
        };
    }
}
