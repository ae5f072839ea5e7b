package io.tributary.schemas.failure;

import java.util.Locale;

/**
 * Why a record can never be processed. The lower-case {@link #label()} is what headers, metrics, the ledger and people
 * see; it never changes.
 */
public enum Reason {
    /** The bytes are not an Avro record in the Confluent wire format. */
    NOT_AVRO,
    /** The registry does not know the record's schema id. */
    UNKNOWN_SCHEMA,
    /** The record's schema cannot be read as the schema that the stage expects. */
    INCOMPATIBLE_SCHEMA,
    /** The record has no value where one is needed. */
    NULL_VALUE,
    /** The key is missing, malformed or not the one that the value demands. */
    INVALID_KEY,
    /** A field holds a value that the contract forbids. */
    INVALID_RECORD,
    /** The record is larger than its topic or its store takes. */
    TOO_LARGE,
    /** The store's mapping refuses the document. */
    MAPPING,
    /** The store refuses the document for another reason that no retry can mend. */
    STORE_REFUSED;

    /** The name in lower case, such as {@code not_avro}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The reason with this label; {@link IllegalArgumentException} if there is none. */
    public static Reason of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
