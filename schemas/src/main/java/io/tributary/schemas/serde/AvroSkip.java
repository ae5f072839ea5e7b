package io.tributary.schemas.serde;

import java.io.IOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.BinaryDecoder;

/**
 * Passes over parts of records at which nobody looks, and takes nothing for one that decoding would not take: Avro's
 * own skipping believes what lengths and blocks say of themselves. All methods throw {@link IOException} or a
 * {@link RuntimeException} if that part is not what it should be, or is nested too deep: decoding all of the record
 * then tells what is wrong with it.
 */
public final class AvroSkip {
    private static final int MAX_DEPTH = 32;
    /** An attribute's value is a union of so many. */
    private static final int VALUES = 8;

    private AvroSkip() {}

    /** Passes over text or bytes; a length below 0 would take Avro's decoder back. */
    public static void bytes(BinaryDecoder in) throws IOException {
        int length = in.readInt();
        if (length < 0) {
            throw new AvroRuntimeException("length: " + length);
        }
        in.skipFixed(length);
    }

    /** Passes over attributes, and how many were dropped. */
    public static void countedAttributes(BinaryDecoder in) throws IOException {
        attributes(in);
        in.readLong();
    }

    /** Passes over attributes. */
    public static void attributes(BinaryDecoder in) throws IOException {
        map(in, 0);
    }

    /** Passes over a resource. */
    public static void resource(BinaryDecoder in) throws IOException {
        countedAttributes(in);
        bytes(in); // schema_url
    }

    /** Passes over a scope. */
    public static void scope(BinaryDecoder in) throws IOException {
        bytes(in); // name
        bytes(in); // version
        countedAttributes(in);
        bytes(in); // schema_url
    }

    /** The branch of a union of so many. */
    public static int branch(BinaryDecoder in, int branches) throws IOException {
        int branch = in.readIndex();
        if (branch < 0 || branch >= branches) {
            throw new AvroRuntimeException("branch of a union: " + branch);
        }
        return branch;
    }

    /** The branch of an attribute's value; it is then read, or passed over by {@link #value}. */
    public static int valueBranch(BinaryDecoder in) throws IOException {
        return branch(in, VALUES);
    }

    /** Passes over an attribute's value of this branch of its union. */
    public static void value(BinaryDecoder in, int branch) throws IOException {
        value(in, branch, 0);
    }

    private static void value(BinaryDecoder in, int branch, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new AvroRuntimeException("nested deeper than " + MAX_DEPTH);
        }
        switch (branch) {
            case 0 -> {}
            case 2 -> in.readBoolean();
            case 3 -> in.readLong();
            case 4 -> in.readDouble();
            case 1, 5 -> bytes(in);
            case 6 -> array(in, depth + 1);
            default -> map(in, depth + 1);
        }
    }

    private static void map(BinaryDecoder in, int depth) throws IOException {
        for (long items = in.readMapStart(); items > 0; items = in.mapNext()) {
            for (long i = 0; i < items; i++) {
                bytes(in);
                value(in, valueBranch(in), depth);
            }
        }
    }

    private static void array(BinaryDecoder in, int depth) throws IOException {
        for (long items = in.readArrayStart(); items > 0; items = in.arrayNext()) {
            for (long i = 0; i < items; i++) {
                value(in, valueBranch(in), depth);
            }
        }
    }
}
