package io.tributary.schemas.serde;

import java.io.IOException;
import org.apache.avro.AvroRuntimeException;

/**
 * Passes over parts of records at which nobody looks, and takes nothing for one that decoding would not take. All
 * methods throw {@link IOException} or a {@link RuntimeException} if that part is not what it should be, or is nested
 * too deep: decoding all of the record then tells what is wrong with it.
 */
public final class AvroSkip {
    private static final int MAX_DEPTH = 32;
    /** An attribute's value is a union of so many. */
    private static final int VALUES = 8;

    private AvroSkip() {}

    /** Passes over attributes, and how many were dropped. */
    public static void countedAttributes(PayloadDecoder in) throws IOException {
        attributes(in);
        in.readLong();
    }

    /** Passes over attributes. */
    public static void attributes(PayloadDecoder in) throws IOException {
        map(in, 0);
    }

    /** Passes over a resource. */
    public static void resource(PayloadDecoder in) throws IOException {
        countedAttributes(in);
        in.skipBytes(); // schema_url
    }

    /** Passes over a scope. */
    public static void scope(PayloadDecoder in) throws IOException {
        in.skipBytes(); // name
        in.skipBytes(); // version
        countedAttributes(in);
        in.skipBytes(); // schema_url
    }

    /** The branch of a union of so many. */
    public static int branch(PayloadDecoder in, int branches) throws IOException {
        int branch = in.readIndex();
        if (branch < 0 || branch >= branches) {
            throw new AvroRuntimeException("branch of a union: " + branch);
        }
        return branch;
    }

    /** The branch of an attribute's value; it is then read, or passed over by {@link #value}. */
    public static int valueBranch(PayloadDecoder in) throws IOException {
        return branch(in, VALUES);
    }

    /** Passes over an attribute's value of this branch of its union. */
    public static void value(PayloadDecoder in, int branch) throws IOException {
        value(in, branch, 0);
    }

    private static void value(PayloadDecoder in, int branch, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new AvroRuntimeException("nested deeper than " + MAX_DEPTH);
        }
        switch (branch) {
            case 0 -> {}
            case 2 -> in.readBoolean();
            case 3 -> in.readLong();
            case 4 -> in.readDouble();
            case 1, 5 -> in.skipBytes();
            case 6 -> array(in, depth + 1);
            default -> map(in, depth + 1);
        }
    }

    private static void map(PayloadDecoder in, int depth) throws IOException {
        for (long items = in.readMapStart(); items > 0; items = in.mapNext()) {
            for (long i = 0; i < items; i++) {
                in.skipBytes();
                value(in, valueBranch(in), depth);
            }
        }
    }

    private static void array(PayloadDecoder in, int depth) throws IOException {
        for (long items = in.readArrayStart(); items > 0; items = in.arrayNext()) {
            for (long i = 0; i < items; i++) {
                value(in, valueBranch(in), depth);
            }
        }
    }
}
