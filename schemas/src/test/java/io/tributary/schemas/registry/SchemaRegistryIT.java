package io.tributary.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import io.tributary.schemas.avro.LogRecord;
import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.failure.RejectedException;
import io.tributary.schemas.failure.RetryableException;
import io.tributary.schemas.sample.SampleData;
import io.tributary.schemas.topic.Topic;
import io.tributary.schemas.topic.Topics;
import io.tributary.servers.fixture.TestRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class SchemaRegistryIT {
    private final SchemaRegistry registry =
            new SchemaRegistry(TestRegistry.shared().url());

    @Test
    void whatOneProcessWritesAnotherReads() {
        Topics writer = Topics.of("it.", registry);
        Topics reader =
                Topics.of("it.", new SchemaRegistry(TestRegistry.shared().url()));
        byte[] log = writer.logs().encodeValue(SampleData.log(3));
        byte[] span = writer.spans().encodeValue(SampleData.span(1, 2, 3, "cart", 0, 1));
        assertThat(reader.logs().decodeValue(log)).isEqualTo(SampleData.log(3));
        assertThat(reader.spans().decodeValue(span)).isEqualTo(SampleData.span(1, 2, 3, "cart", 0, 1));
    }

    @Test
    void theSchemasOfEveryTopicCanBeRegisteredAgainAndAgain() {
        Topics topics = Topics.of("again.", registry);
        topics.all().forEach(Topic::registerSchemas);
        topics.all().forEach(Topic::registerSchemas);
        int id = registry.register("again.logs-value", LogRecord.getClassSchema());
        assertThat(registry.schema(id)).isEqualTo(LogRecord.getClassSchema());
    }

    @Test
    void manyServicesRegisterTheSameSchemasAtOnce() throws Exception {
        List<Callable<Void>> services = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Topics topics = Topics.of(
                    "at-once.", new SchemaRegistry(TestRegistry.shared().url()));
            services.add(() -> {
                topics.all().forEach(Topic::registerSchemas);
                return null;
            });
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> service : threads.invokeAll(services)) {
                service.get();
            }
        }
    }

    @Test
    void aBreakingChangeIsRefusedByTheRegistry() {
        registry.register("breaking-value", record("{'name':'kept','type':'long'}"));
        registry.demandCompatibility("breaking-value", "FULL_TRANSITIVE");
        Schema breaking = record("{'name':'kept','type':'long'},{'name':'added','type':'string'}");
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> registry.register("breaking-value", breaking))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.INCOMPATIBLE_SCHEMA));
    }

    /** As a proxy before the registry does, or a wrong path. */
    @Test
    void whatIsNoWordOfTheRegistryAboutTheSchemaIsNoneAboutTheRecord() throws IOException {
        Deque<Integer> statuses = new ArrayDeque<>(List.of(403, 404, 401, 400));
        String schema = "{\"schema\":\"\\\"long\\\"\"}";
        HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext("/", exchange -> {
            Integer status = statuses.poll();
            byte[] body = (status == null ? schema : "<html>no</html>").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status == null ? 200 : status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        proxy.start();
        try {
            SchemaRegistry behind =
                    new SchemaRegistry("http://127.0.0.1:" + proxy.getAddress().getPort());
            for (int i = 0; i < 4; i++) {
                assertThatExceptionOfType(RetryableException.class).isThrownBy(() -> behind.schema(5));
            }
            assertThat(behind.schema(5)).isEqualTo(Schema.create(Schema.Type.LONG));
        } finally {
            proxy.stop(0);
        }
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> registry.schema(123_456_789))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.UNKNOWN_SCHEMA));
    }

    @Test
    void aRegistryThatKeepsSilentIsAway() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            SchemaRegistry waiting =
                    new SchemaRegistry("http://127.0.0.1:" + silent.getLocalPort(), Duration.ofMillis(200));
            assertThatExceptionOfType(RetryableException.class)
                    .isThrownBy(() -> waiting.register("silent-value", record("{'name':'kept','type':'long'}")))
                    .withMessageStartingWith("register silent-value: cannot reach http://127.0.0.1:");
        }
    }

    @Test
    void anUnknownIdIsRejected() {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> registry.schema(999_999))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.UNKNOWN_SCHEMA));
    }

    private static Schema record(String fields) {
        return new Schema.Parser()
                .parse("{'type':'record','name':'Sample','fields':[%s]}"
                        .formatted(fields)
                        .replace('\'', '"'));
    }
}
