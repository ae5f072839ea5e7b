package io.tributary.alerts.notify;

import static io.tributary.alerts.notify.Receiver.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.alerts.routing.Route;
import io.tributary.alerts.routing.Routing;
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
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against a receiver that is told what to answer; the log is written to nowhere. */
class DeliveryTest {
    private static final Routing ROUTING = routing("hook", List.of());

    private final Topics topics = Topics.of("t.", new SchemaRegistry("mock://delivery"));
    private final MockProducer<byte[], byte[]> kafka =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final DeliveryLog log = new DeliveryLog(topics.notificationLog(), kafka, Clock.systemUTC());
    private final SettledOffsets offsets = new SettledOffsets(
            new LedgerRange.Source("s", "i", topics.notifications().signal(), "t", 0), 0);

    @AutoClose
    private final DeadLetterPublisher deadLetters = new DeadLetterPublisher(kafka, new Random(1));

    @AutoClose
    private final Receiver receiver = new Receiver();

    @AutoClose
    private final Webhook webhook = receiver.webhook("/", Duration.ofHours(1));

    DeliveryTest() throws IOException {}

    @Test
    void aMessageThatIsRefusedForNowIsNotToldAfterALaterOneOfItsGroup() {
        receiver.answersBy(exchange -> {
            deliveredByAnother(message("g-2"));
            Receiver.answer(exchange, 503);
        });
        deliver(message("g-1"));
        assertThat(receiver.told()).containsExactly("g-1");
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
        delivery(flapping, ROUTING).deliver(record(message("g-1")));
        assertThat(receiver.told()).containsExactly("g-1");
        assertThat(outcomes()).containsExactly("forwarded");
    }

    static Stream<Routing> otherFiles() {
        return Stream.of(
                routing("other", List.of()),
                routing("hook", List.of("host")),
                new Routing(ROUTING.resolveTimeout(), ROUTING.route(), Optional.empty()));
    }

    @ParameterizedTest
    @MethodSource("otherFiles")
    void aMessageOfAGroupThatTheFileNoLongerMakesIsToldToNobody(Routing other) {
        delivery(topics.notifications(), other).deliver(record(message("g-1")));
        assertThat(receiver.told()).isEmpty();
        assertThat(outcomes()).containsExactly("dropped:forgotten");
        assertThat(kafka.history())
                .as("a group that an instance with another file still keeps tells anew")
                .singleElement()
                .satisfies(entry ->
                        assertThat(NotificationHeaders.refused(entry.headers())).isEqualTo("g-1"));
    }

    @Test
    void anAttemptDoesNotOutliveItsPartition() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        receiver.answersBy(exchange -> {
            asked.countDown();
            awaitUnchecked(over);
            Receiver.answer(exchange, 200);
        });
        Delivery delivery = delivery(topics.notifications(), ROUTING);
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
        assertThat(receiver.told()).containsExactly("g-1");
        assertThat(offsets.nextEntry()).as("left to the next owner").isEmpty();
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Routing routing(String receiver, List<String> groupBy) {
        Duration any = Duration.ofMinutes(1);
        return new Routing(
                any,
                new Route(receiver, groupBy, false, any, any, any),
                Optional.of(new WebhookReceiver(receiver, URI.create("http://127.0.0.1:1/"), true, 0)));
    }

    private void deliver(Notification message) {
        delivery(topics.notifications(), ROUTING).deliver(record(message));
    }

    private Delivery delivery(Topic<NotificationKey, Notification> topic, Routing routing) {
        Backoff backoff = new Backoff(Duration.ofMillis(1), Duration.ofMillis(1), new Random(1));
        Optional<Webhook> told = routing.webhook().map(_ -> webhook);
        Delivery delivery = new Delivery(
                new Delivery.Means(topic, routing, told, log, deadLetters, backoff, answer -> {}), offsets);
        offsets.read(0, 1);
        delivery.begin();
        return delivery;
    }

    private ConsumerRecord<byte[], byte[]> record(Notification message) {
        Topic<NotificationKey, Notification> topic = topics.notifications();
        return new ConsumerRecord<>(topic.name(), 0, 0, topic.encodeKey(Receiver.GROUP), topic.encodeValue(message));
    }

    private List<String> outcomes() {
        return offsets.nextEntry().orElseThrow().getCounts().stream()
                .map(count -> count.getOutcome())
                .toList();
    }

    private void deliveredByAnother(Notification message) {
        try {
            log.delivered(Receiver.GROUP, message);
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
