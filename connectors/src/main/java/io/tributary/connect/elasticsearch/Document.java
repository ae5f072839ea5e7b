package io.tributary.connect.elasticsearch;

import java.util.Map;

/**
 * A document and where it goes.
 *
 * @param index the index or data stream
 * @param id its id, the same whenever the same telemetry is read
 * @param fields its content, to be written as JSON
 */
record Document(String index, String id, Map<String, Object> fields) {}
