package io.tributary.schemas.failure;

import java.util.ArrayList;
import java.util.List;

/**
 * What is wrong with settings, said all at once: {@code prefix + name: value (expected: what it should be)}, separated
 * by semicolons. Not for records, of which there are too many to make texts for what is right.
 */
public final class Problems {
    private static final String SEPARATOR = "; ";

    private final String prefix;
    private final List<String> all = new ArrayList<>();

    /** For settings whose names in configuration begin with this; empty if whoever has them adds it. */
    public Problems(String prefix) {
        this.prefix = prefix;
    }

    /** Notes a problem unless this holds. */
    public Problems expect(boolean holds, String name, Object value, String expected) {
        if (!holds) {
            all.add(prefix + name + ": " + value + " (expected: " + expected + ")");
        }
        return this;
    }

    /** Expects no less than this. */
    public <T extends Comparable<T>> Problems atLeast(String name, T value, T least) {
        return expect(value.compareTo(least) >= 0, name, value, "at least " + least);
    }

    /** Expects no less than the least and no more than the most. */
    public <T extends Comparable<T>> Problems between(String name, T value, T least, T most) {
        return expect(value.compareTo(least) >= 0 && value.compareTo(most) <= 0, name, value, least + " to " + most);
    }

    /** Makes what checks a group of the settings itself, and notes its problems with the group before their names. */
    public Problems in(String group, Runnable made) {
        try {
            made.run();
        } catch (IllegalArgumentException e) {
            for (String problem : e.getMessage().split(SEPARATOR, -1)) {
                all.add(prefix + group + problem);
            }
        }
        return this;
    }

    /** Refuses the settings if there is any problem: {@link IllegalArgumentException} with all of them. */
    public void refuse() {
        if (!all.isEmpty()) {
            throw new IllegalArgumentException(String.join(SEPARATOR, all));
        }
    }
}
