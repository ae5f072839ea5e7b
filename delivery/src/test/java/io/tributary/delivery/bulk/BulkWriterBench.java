package io.tributary.delivery.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.delivery.elasticsearch.Credentials;
import io.tributary.delivery.elasticsearch.ElasticsearchHttp;
import io.tributary.delivery.elasticsearch.ElasticsearchSettings;
import io.tributary.delivery.elasticsearch.IndexTemplates;
import io.tributary.servers.fixture.TestElasticsearch;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** A writer that each test starts, a gateway of its own before the real Elasticsearch, and what became of items. */
abstract class BulkWriterBench {
    static final String TEMPLATE = """
            {"index_patterns": ["bulk-*"],
             "template": {"settings": {"number_of_replicas": 0},
                          "mappings": {"properties": {"n": {"type": "long"}}}}}
            """;

    private static final BulkSettings SETTINGS = new BulkSettings(
            1 << 20,
            100,
            Duration.ofMillis(50),
            1,
            Duration.ofMillis(10),
            Duration.ofMillis(50),
            Duration.ofMillis(50));

    final Map<String, Settlement> settled = new ConcurrentHashMap<>();

    @TempDir
    Path folder;

    final IndexTemplates templates = new IndexTemplates().index("bulk-it", TEMPLATE);
    FaultyGateway gateway;
    BulkWriter writer;
    String index;
    /** What the writer's observer does when a request was answered. */
    volatile Runnable whenAnswered = () -> {};

    private ElasticsearchHttp direct;
    private ElasticsearchHttp through;

    @BeforeEach
    void start(TestInfo test) throws IOException {
        index = "bulk-" + test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
        gateway = new FaultyGateway(TestElasticsearch.shared().url());
        direct = new ElasticsearchHttp(
                ElasticsearchSettings.of(TestElasticsearch.shared().url()));
        Files.writeString(folder.resolve("key"), "old\n");
        open(Duration.ofSeconds(20));
    }

    /** Replaces the writer by one that waits so long for answers. */
    void patience(Duration answer) {
        through.close();
        open(answer);
    }

    private void open(Duration answer) {
        through = new ElasticsearchHttp(new ElasticsearchSettings(
                List.of(URI.create(gateway.url())),
                new Credentials.ApiKey(folder.resolve("key")),
                Optional.empty(),
                Duration.ofSeconds(5),
                answer));
        BulkObserver observer = new BulkObserver() {
            @Override
            public void answered(int items, int bytes, Duration took) {
                whenAnswered.run();
            }
        };
        writer = new BulkWriter(through, templates, SETTINGS, observer, Clock.systemUTC(), new Random(1));
    }

    @AfterEach
    void stop() {
        writer.close();
        through.close();
        direct.close();
        gateway.close();
    }

    void awaitSettled(int count) {
        await().atMost(Duration.ofSeconds(60)).until(() -> settled.size() == count && writer.itemsInFlight() == 0);
    }

    /** Waits until people must mend something. */
    void awaitOpen(String reason) {
        await().until(() -> writer.circuit()
                .interruption()
                .filter(why -> why.open() && why.reason().contains(reason))
                .isPresent());
    }

    Map<String, Long> kinds() {
        return settled.values().stream()
                .collect(Collectors.groupingBy(one -> one.getClass().getSimpleName(), Collectors.counting()));
    }

    long documents(String where) throws Exception {
        call("POST", '/' + where + "/_refresh", "");
        String answer = call("GET", '/' + where + "/_count?filter_path=count", "");
        return Long.parseLong(answer.replaceAll("\\D", ""));
    }

    String call(String method, String path, String body) throws Exception {
        var answer = direct.send(method, path, body);
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        assertThat(answer.isSuccess()).as(text).isTrue();
        return text;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
