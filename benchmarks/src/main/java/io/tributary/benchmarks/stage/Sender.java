package io.tributary.benchmarks.stage;

import io.tributary.benchmarks.measure.Usage;
import io.tributary.benchmarks.system.Instance;
import io.tributary.benchmarks.system.KafkaSide;
import io.tributary.benchmarks.system.OtlpClient;
import io.tributary.benchmarks.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Sends one signal.
 *
 * @param workload what is sent
 * @param instances the gateways, of which each gets as many of the connections
 * @param client sends to them
 * @param bodyBytes the mean size of a request
 * @param kafka where records go
 * @param broker what Kafka uses
 */
record Sender(
        Workload<?, ?, ?> workload,
        List<Instance> instances,
        OtlpClient client,
        double bodyBytes,
        KafkaSide kafka,
        Usage broker) {
    private static final int REQUESTS = 40;

    /** Sends to these gateways, and looks at what Kafka uses. */
    static Sender of(Workload<?, ?, ?> workload, List<Instance> instances, KafkaSide kafka, Usage broker) {
        List<byte[]> bodies = IntStream.range(0, REQUESTS)
                .mapToObj(number -> workload.request().apply(number).toByteArray())
                .toList();
        OtlpClient client = new OtlpClient(
                instances.stream()
                        .map(instance -> instance.endpoints().otlpHttp() + workload.path())
                        .toList(),
                bodies);
        double bodyBytes =
                bodies.stream().mapToInt(body -> body.length).average().orElseThrow();
        return new Sender(workload, instances, client, bodyBytes, kafka, broker);
    }

    /** Sends for so long, over so many connections in all. */
    Turn send(long nanos, int connections) throws InterruptedException {
        String topic = workload.topic().name();
        Usage self = Usage.ofThisProcess();
        double diskBefore = kafka.diskBytes(topic);
        double brokerBefore = broker.cpuSeconds();
        double selfBefore = self.cpuSeconds();
        double[] before = cpuSeconds();
        long begin = System.nanoTime();
        long[] requests = client.sendFor(nanos, connections);
        double seconds = (System.nanoTime() - begin) / 1e9;
        double[] used = cpuSeconds();
        for (int i = 0; i < used.length; i++) {
            used[i] -= before[i];
        }
        double selfUsed = self.cpuSeconds() - selfBefore;
        double brokerUsed = broker.cpuSeconds() - brokerBefore;
        return new Turn(
                seconds,
                LongStream.of(requests).map(taken -> taken * workload.records()).toArray(),
                used,
                brokerUsed,
                selfUsed,
                bodyBytes * LongStream.of(requests).sum(),
                kafka.diskBytes(topic) - diskBefore);
    }

    private double[] cpuSeconds() {
        return instances.stream()
                .mapToDouble(instance -> instance.usage().cpuSeconds())
                .toArray();
    }

    /** Produces what the gateway makes of the same requests, for so long. */
    Turn bare(long nanos) {
        List<ProducerRecord<byte[], byte[]>> messages = new ArrayList<>();
        for (int number = 0; number < REQUESTS; number++) {
            workload.messages(
                    number,
                    (key, value) ->
                            messages.add(new ProducerRecord<>(workload.topic().name(), key, value)));
        }
        AtomicLong acknowledged = new AtomicLong();
        Usage self = Usage.ofThisProcess();
        try (KafkaProducer<byte[], byte[]> producer = kafka.producer()) {
            // It is connected before it is looked at.
            producer.partitionsFor(workload.topic().name());
            double brokerBefore = broker.cpuSeconds();
            double selfBefore = self.cpuSeconds();
            long begin = System.nanoTime();
            int sent = 0;
            do {
                var _ = producer.send(messages.get(sent++ % messages.size()), (done, failure) -> {
                    if (failure == null) {
                        acknowledged.incrementAndGet();
                    }
                });
            } while (System.nanoTime() - begin < nanos);
            producer.flush();
            double seconds = (System.nanoTime() - begin) / 1e9;
            double[] used = {self.cpuSeconds() - selfBefore};
            return new Turn(
                    seconds, new long[] {acknowledged.get()}, used, broker.cpuSeconds() - brokerBefore, 0, 0, 0);
        }
    }
}
