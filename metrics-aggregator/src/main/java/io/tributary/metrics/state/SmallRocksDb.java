package io.tributary.metrics.state;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * Lets all stores of the process share one small cache, which their write buffers count towards, instead of some 100 MB
 * for each store of each partition. Named in {@code rocksdb.config.setter}.
 */
public final class SmallRocksDb implements RocksDBConfigSetter {
    private static final long SHARED_BYTES = 64L << 20;
    private static final long WRITE_BYTES = 40L << 20;
    private static final long BUFFER_BYTES = 8L << 20;
    private static final int BUFFERS = 2;

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(Shared.CACHE);
        table.setCacheIndexAndFilterBlocks(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(Shared.WRITE_BUFFERS);
        options.setWriteBufferSize(BUFFER_BYTES);
        options.setMaxWriteBufferNumber(BUFFERS);
    }

    @Override
    public void close(String storeName, Options options) {
        // What is shared outlives the store.
    }

    /**
     * Kafka Streams makes one setter a store, so what stores share can only be static. It lives as long as the process,
     * and is made at first use, because the class is loaded with the configuration and before the native library.
     */
    private static final class Shared {
        static final Cache CACHE = new LRUCache(SHARED_BYTES);
        static final WriteBufferManager WRITE_BUFFERS = new WriteBufferManager(WRITE_BYTES, CACHE);
    }
}
