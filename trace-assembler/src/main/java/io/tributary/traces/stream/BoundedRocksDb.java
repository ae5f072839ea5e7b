package io.tributary.traces.stream;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * Bounds the memory of all of this process's stores together, outside the heap: one block cache, out of which index
 * blocks, filters and write buffers are taken as well. Write buffers are large enough to hold the spans of traces that
 * are closed soon, so that most are never written to disk. Kafka Streams: "Memory Management", RocksDB.
 */
public final class BoundedRocksDb implements RocksDBConfigSetter {
    private static final long CACHE_BYTES = 64L << 20;
    private static final long WRITE_BUFFERS_BYTES = 40L << 20;
    private static final long WRITE_BUFFER_BYTES = 8L << 20;
    private static final int WRITE_BUFFERS = 2;
    private static final long MIN_BLOB_BYTES = 4 << 10;

    static {
        RocksDB.loadLibrary();
    }

    // One for the process, whatever number of stores is opened and closed; they end with it.
    private static final Cache CACHE = new LRUCache(CACHE_BYTES);
    private static final WriteBufferManager WRITE_BUFFER_MANAGER = new WriteBufferManager(WRITE_BUFFERS_BYTES, CACHE);

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(CACHE);
        table.setCacheIndexAndFilterBlocks(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(WRITE_BUFFER_MANAGER);
        options.setWriteBufferSize(WRITE_BUFFER_BYTES);
        options.setMaxWriteBufferNumber(WRITE_BUFFERS);
        if (storeName.equals(TraceStores.JOURNAL)) {
            // Its entries are large and end soon: merging files copies their keys alone.
            options.setEnableBlobFiles(true);
            options.setMinBlobSize(MIN_BLOB_BYTES);
        }
    }

    @Override
    public void close(String storeName, Options options) {
        // The cache and the write buffers belong to the process, not to the store.
    }
}
