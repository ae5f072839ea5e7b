package io.tributary.gateway.prometheus;

import io.tributary.schemas.serde.Encoded;
import java.io.IOException;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.apache.avro.io.Encoder;
import org.apache.avro.util.Utf8;

/** Labels in the order of their names, in which they are hashed and written. It does not change. */
public final class LabelSet extends AbstractMap<String, String> implements Encoded {
    private final Utf8[] names;
    private final String[] values;

    /** Takes both arrays over; the names are in order, and no value is empty. */
    LabelSet(Utf8[] names, String[] values) {
        this.names = names;
        this.values = values;
    }

    static LabelSet of(SortedMap<String, String> labels) {
        return new LabelSet(
                labels.keySet().stream().map(Utf8::new).toArray(Utf8[]::new),
                labels.values().toArray(new String[0]));
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

    /** Hands over each label in the order of the names, which is that of their UTF-16 code units. */
    @Override
    public void forEach(BiConsumer<? super String, ? super String> take) {
        for (int i = 0; i < names.length; i++) {
            take.accept(names[i].toString(), values[i]);
        }
    }

    @Override
    public Set<Map.Entry<String, String>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<String, String>> iterator() {
                return IntStream.range(0, names.length)
                        .mapToObj(i -> Map.entry(names[i].toString(), values[i]))
                        .iterator();
            }

            @Override
            public int size() {
                return names.length;
            }
        };
    }
}
