package io.tributary.logindexer;

import io.tributary.delivery.bulk.BulkTableContract;
import io.tributary.delivery.bulk.BulkWriter;
import io.tributary.delivery.bulk.Circuit;
import io.tributary.schemas.avro.LogRecord;
import io.tributary.schemas.deadletter.DeadLetter;
import io.tributary.schemas.sample.SampleData;
import io.tributary.servers.fixture.TestElasticsearch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

class LogBulkTableIT extends BulkTableContract {
    @Override
    protected String elasticsearchUrl() {
        return TestElasticsearch.shared().url();
    }

    @Override
    protected Stage start(String elasticsearchUrl, Path apiKey) {
        Pipeline pipeline = new Pipeline("bulk-table", TestElasticsearch.shared());
        pipeline.call("PUT", "/_index_template/bulk-table-strict", """
                {"index_patterns": ["logs-bulktable-*"], "priority": 400, "data_stream": {},
                 "template": {"mappings": {"properties": {"attributes": {"dynamic": "strict", "type": "object"}}}}}
                """);
        pipeline.startAgainst(
                elasticsearchUrl,
                "--tributary.elasticsearch.api-key-file=" + apiKey,
                "--tributary.elasticsearch.request-timeout=10s",
                "--tributary.elasticsearch.first-pause=20ms",
                "--tributary.elasticsearch.hold-pause=200ms");
        return new Running(pipeline);
    }

    private record Running(Pipeline pipeline) implements Stage {
        @Override
        public void send(String tenant, int from, int to) {
            for (int number = from; number < to; number++) {
                pipeline.send(number, of(tenant, number));
            }
            pipeline.flush();
        }

        @Override
        public byte[] sendUnmappable(String tenant) {
            LogRecord record = of(tenant, 1);
            record.setAttributes(Map.of("data_stream.dataset", "bulktable", "unknown", 1L));
            pipeline.send(1, record);
            pipeline.flush();
            return pipeline.logs.encodeValue(record);
        }

        @Override
        public void sendLarge(String tenant, int bytes) {
            LogRecord record = of(tenant, 1);
            record.setBody("x".repeat(bytes));
            pipeline.send(1, record);
            pipeline.flush();
        }

        @Override
        public Map<String, Long> settled() {
            Map<String, Long> settled = new TreeMap<>();
            pipeline.awaitBalance(Duration.ofMinutes(3))
                    .toList()
                    .forEach(count -> settled.merge(count.getOutcome(), count.getCount(), Long::sum));
            return settled;
        }

        @Override
        public long stored(String tenant) {
            return pipeline.documents("logs-generic-" + tenant + "*");
        }

        @Override
        public List<DeadLetter> deadLetters() {
            return pipeline.deadLetters();
        }

        @Override
        public long committed() {
            return pipeline.committed();
        }

        @Override
        public String waitsFor() {
            return pipeline.bean(BulkWriter.class)
                    .circuit()
                    .interruption()
                    .map(Circuit.Interruption::reason)
                    .orElse("");
        }

        @Override
        public void close() {
            pipeline.close();
        }

        private static LogRecord of(String tenant, int number) {
            LogRecord record = SampleData.log(number);
            record.setTenant(tenant);
            return record;
        }
    }
}
