package io.tributary.benchmarks.stage;

import io.tributary.benchmarks.system.Stand;

/** Something that is measured by itself. */
public interface Stage {
    /** What people call it: a word of the command line, and the name of its section of the page. */
    String name();

    /**
     * Measures it on an empty system, and tells what was found, in Markdown.
     *
     * @param size how much to do, as a share of what is usual
     */
    String measure(Stand stand, double size) throws Exception;
}
