package io.tributary.alerts.system;

import com.sun.net.httpserver.HttpServer;
import io.tributary.schemas.avro.HistogramValue;
import io.tributary.schemas.avro.MetricKind;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.avro.Temporality;
import io.tributary.schemas.identity.SeriesId;
import io.tributary.schemas.topic.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A target for Prometheus. Each scrape makes new samples, whose times it states, and produces the very same to Kafka,
 * so that both have the same. The times lie a little ahead, so that a sample is there wherever an evaluation may see
 * it.
 */
final class ScrapedShop implements AutoCloseable {
    private static final long AHEAD_MILLIS = 700;
    private static final List<Double> BOUNDS = List.of(0.1, 0.5, 1.0);

    private final HttpServer server;
    private final Producer<byte[], byte[]> producer;
    private final Topics topics;
    private final StringBuilder page = new StringBuilder();
    private volatile boolean open;
    private volatile int scrapes;

    ScrapedShop(Producer<byte[], byte[]> producer, Topics topics) throws IOException {
        this.producer = producer;
        this.topics = topics;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", exchange -> {
            byte[] body = scrape().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on there is something to scrape. */
    void open() {
        open = true;
    }

    /** How often it was scraped since it is open. */
    int scrapes() {
        return scrapes;
    }

    private synchronized String scrape() {
        page.setLength(0);
        if (open) {
            int n = scrapes;
            // An odd number of milliseconds, as no instant of the rules' is: a sample at the edge of a range counts
            // for Prometheus 2.42 and does not for Prometheus 3.
            long time = (System.currentTimeMillis() + AHEAD_MILLIS) | 1;
            for (int i = 0; i < 6; i++) {
                Map<String, String> labels = Map.of("job", "job" + i % 2, "instance", "i" + i, "zone", "z" + i % 3);
                // Each goes up and down at its own pace, and the last one ends half way.
                if (i < 5 || n < 15) {
                    gauge("load", labels, Math.abs((n * (i + 3)) % 40 - 20) + i / 8.0, time);
                }
                counter("requests_total", with(labels, "code", "200"), n * 10.0 * (i + 1), time);
                // A reset now and then.
                counter("requests_total", with(labels, "code", "500"), (n % 17) * (i + 0.5), time);
                histogram("latency", labels, n * (i + 1L), time);
            }
            if (n > 12) {
                gauge("late_starter", Map.of("job", "job0", "instance", "i0"), n, time);
            }
            producer.flush();
            scrapes = n + 1;
        }
        return page.toString();
    }

    private void gauge(String name, Map<String, String> labels, double value, long time) {
        line(name, labels, value, time);
        produce(point(name, labels, time)
                .setKind(MetricKind.GAUGE)
                .setValue(value)
                .build());
    }

    private void counter(String name, Map<String, String> labels, double value, long time) {
        line(name, labels, value, time);
        produce(point(name, labels, time)
                .setKind(MetricKind.SUM)
                .setMonotonic(true)
                .setTemporality(Temporality.CUMULATIVE)
                .setValue(value)
                .build());
    }

    private void histogram(String name, Map<String, String> labels, long n, long time) {
        List<Long> counts = List.of(3 * n, 2 * n, n, n / 2);
        long cumulative = 0;
        for (int i = 0; i < counts.size(); i++) {
            cumulative += counts.get(i);
            String bound = i < BOUNDS.size() ? Double.toString(BOUNDS.get(i)).replace(".0", "") : "+Inf";
            line(name + "_bucket", with(labels, "le", bound), (double) cumulative, time);
        }
        line(name + "_count", labels, (double) cumulative, time);
        line(name + "_sum", labels, 0.5 * cumulative, time);
        produce(point(name, labels, time)
                .setKind(MetricKind.HISTOGRAM)
                .setTemporality(Temporality.CUMULATIVE)
                .setValue(HistogramValue.newBuilder()
                        .setCount(cumulative)
                        .setSum(0.5 * cumulative)
                        .setExplicitBounds(BOUNDS)
                        .setBucketCounts(new ArrayList<>(counts))
                        .build())
                .build());
    }

    private void line(String name, Map<String, String> labels, double value, long time) {
        page.append(name)
                .append(labels.entrySet().stream()
                        .map(label -> label.getKey() + "=\"" + label.getValue() + '"')
                        .collect(Collectors.joining(",", "{", "} ")))
                .append(value)
                .append(' ')
                .append(time)
                .append('\n');
    }

    private static MetricPoint.Builder point(String name, Map<String, String> labels, long time) {
        return MetricPoint.newBuilder()
                .setName(name)
                .setLabels(labels)
                .setTimeUnixNano(TimeUnit.MILLISECONDS.toNanos(time));
    }

    private void produce(MetricPoint point) {
        byte[] key = topics.metrics().encodeKey(SeriesId.of("default", point.getName(), point.getLabels()));
        var _ = producer.send(new ProducerRecord<>(
                topics.metrics().name(), key, topics.metrics().encodeValue(point)));
    }

    private static Map<String, String> with(Map<String, String> labels, String name, String value) {
        Map<String, String> all = new TreeMap<>(labels);
        all.put(name, value);
        return all;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
