package io.tributary.traces.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/** The services of a summary. */
final class ServiceList {
    /** With 3 bytes a character this stays well under the margin that parts leave for the summary. */
    private static final int MAX_CHARS = 32 << 10;

    private ServiceList() {}

    /** The names in order, as many as fit: a forged trace must not make every one of its parts too large to send. */
    static List<String> bounded(SortedSet<String> names) {
        List<String> list = new ArrayList<>(names.size());
        int chars = 0;
        for (String name : names) {
            chars += name.length();
            if (chars > MAX_CHARS) {
                break;
            }
            list.add(name);
        }
        return list;
    }
}
