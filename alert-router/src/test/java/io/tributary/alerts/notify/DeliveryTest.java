package io.tributary.alerts.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tributary.alerts.routing.WebhookReceiver;
import io.tributary.delivery.deadletter.DeadLetterPublisher;
import io.tributary.delivery.offset.SettledOffsets;
import io.tributary.delivery.retry.Backoff;
import io.tributary.schemas.avro.Notification;
import io.tributary.schemas.avro.NotificationKey;
import io.tributary.schemas.failure.RetryableException;
import io.tributary.schemas.ledger.LedgerRange;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.topic.Topic;
import io.tributary.schemas.topic.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a receiver that is told what to answer; its log is written to nowhere. */
class DeliveryTest {
    private static final NotificationKey GROUP = new NotificationKey("default", "{}:{}", "hook");

    private final Topics topics = Topics.of("t.", new SchemaRegistry("mock://delivery"));
    private final MockProducer<byte[], byte[]> kafka =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final DeliveryLog log = new DeliveryLog(topics.notificationLog(), kafka, Clock.systemUTC());
    private final DeadLetterPublisher deadLetters = new DeadLetterPublisher(kafka, new Random(1));
    private final SettledOffsets offsets = new SettledOffsets(
            new LedgerRange.Source("s", "i", topics.notifications().signal(), "t", 0), 0);
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<Integer> answers = new ArrayList<>();
    private Runnable whenTold = () -> {};
    private HttpServer server;
    private Webhook webhook;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        webhook = new Webhook(new WebhookReceiver("hook", url, true, 0), "http://x", Duration.ofHours(1));
    }

    @AfterEach
    void stop() {
        webhook.close();
        deadLetters.close();
        server.stop(0);
    }

    @Test
    void aMessageThatIsRefusedForNowIsNotToldAfterALaterOneOfItsGroup() {
        answers.add(503);
        whenTold = () -> deliveredByAnother(message("g-2"));
        deliver(topics.notifications(), message("g-1"));
        assertThat(told).containsExactly("g-1");
        assertThat(outcomes()).containsExactly("duplicate");
    }

    @Test
    void aMessageOfWhichTheKeyCannotBeReadForNowIsToldAllTheSame() {
        Topic<NotificationKey, Notification> topic = topics.notifications();
        AtomicBoolean registryIsThere = new AtomicBoolean();
        Topic<NotificationKey, Notification> flapping = new Topic<>(
                topic.name(),
                topic.signal(),
                Serdes.serdeFrom(topic.key().serializer(), (name, bytes) -> {
                    if (!registryIsThere.getAndSet(true)) {
                        throw new RetryableException("registry: away");
                    }
                    return topic.decodeKey(bytes);
                }),
                topic.value(),
                topic.settings());
        deliver(flapping, message("g-1"));
        assertThat(told).containsExactly("g-1");
        assertThat(outcomes()).containsExactly("forwarded");
    }

    @Test
    void anAttemptDoesNotOutliveItsPartition() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        whenTold = () -> {
            asked.countDown();
            awaitUnchecked(over);
        };
        Delivery delivery = delivery(topics.notifications());
        CompletableFuture<Void> attempt = CompletableFuture.runAsync(
                () -> delivery.deliver(record(message("g-1"))),
                each -> Thread.ofVirtual().start(each));
        asked.await();
        delivery.abandon();
        delivery.awaitQuiet(Duration.ofMillis(10));
        try {
            attempt.get(30, TimeUnit.SECONDS);
        } finally {
            over.countDown();
        }
        assertThat(told).containsExactly("g-1");
        assertThat(offsets.nextEntry()).as("left to the next owner").isEmpty();
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void deliver(Topic<NotificationKey, Notification> topic, Notification message) {
        delivery(topic).deliver(record(message));
    }

    private Delivery delivery(Topic<NotificationKey, Notification> topic) {
        Backoff backoff = new Backoff(Duration.ofMillis(1), Duration.ofMillis(1), new Random(1));
        Delivery delivery =
                new Delivery(new Delivery.Means(topic, webhook, log, deadLetters, backoff, answer -> {}), offsets);
        offsets.read(0, 1);
        delivery.begin();
        return delivery;
    }

    private ConsumerRecord<byte[], byte[]> record(Notification message) {
        Topic<NotificationKey, Notification> topic = topics.notifications();
        return new ConsumerRecord<>(topic.name(), 0, 0, topic.encodeKey(GROUP), topic.encodeValue(message));
    }

    private List<String> outcomes() {
        return offsets.nextEntry().orElseThrow().getCounts().stream()
                .map(count -> count.getOutcome())
                .toList();
    }

    private void deliveredByAnother(Notification message) {
        try {
            log.delivered(GROUP, message);
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Notification message(String key) {
        return Notification.newBuilder()
                .setGroupKey(GROUP.getGroupKey())
                .setReceiver(GROUP.getReceiver())
                .setIdempotencyKey(key)
                .setDueAtUnixNano(1)
                .setGroupLabels(Map.of())
                .setAlerts(List.of())
                .build();
    }

    private void answer(HttpExchange exchange) throws IOException {
        told.add(exchange.getRequestHeaders().getFirst(Webhook.IDEMPOTENCY_KEY));
        exchange.getRequestBody().readAllBytes();
        whenTold.run();
        exchange.sendResponseHeaders(answers.isEmpty() ? 200 : answers.removeFirst(), -1);
        exchange.close();
    }
}
