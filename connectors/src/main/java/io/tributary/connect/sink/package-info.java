/**
 * What all sinks share: from Connect's records to batches for a store, and back from their fates to offsets, dead
 * letters and the ledger.
 */
package io.tributary.connect.sink;
