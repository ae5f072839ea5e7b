package io.tributary.connect.sink;

import org.apache.avro.specific.SpecificRecord;

/**
 * A record that could be read and keeps the contract.
 *
 * @param tenant who it belongs to
 * @param value the record
 * @param version at least 0; of two records with the same key the later one has the greater
 */
public record Decoded(String tenant, SpecificRecord value, long version) {}
