package io.tributary.connect.sink;

import org.apache.avro.specific.SpecificRecord;

/**
 * A record that could be read and keeps the contract.
 *
 * @param tenant who it belongs to
 * @param value the record
 */
public record Decoded(String tenant, SpecificRecord value) {}
