package io.tributary.schemas.serde;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/**
 * Avro's lists and maps, which get room as their items are read. Avro itself makes room beforehand for as many as a
 * payload says that there are: some bytes that are forged, or damaged, would take all memory.
 */
public final class GrowingData extends SpecificData {
    private static final int FIRST_ITEMS = 64;

    /** Makes records that the loader of this class has. */
    public GrowingData(Class<?> type) {
        super(type.getClassLoader());
    }

    @Override
    public Object newArray(Object old, int items, Schema schema) {
        return super.newArray(old, Math.min(items, FIRST_ITEMS), schema);
    }

    @Override
    public Object newMap(Object old, int items) {
        return super.newMap(old, Math.min(items, FIRST_ITEMS));
    }
}
