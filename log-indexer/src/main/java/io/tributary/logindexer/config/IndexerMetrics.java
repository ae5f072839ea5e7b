package io.tributary.logindexer.config;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tributary.delivery.bulk.BulkObserver;
import io.tributary.delivery.bulk.BulkWriter;
import io.tributary.delivery.bulk.ItemVerdict;
import io.tributary.logindexer.consume.Consumption;
import io.tributary.logindexer.consume.OutcomeObserver;
import io.tributary.schemas.ledger.Outcome;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the service does, in numbers. */
final class IndexerMetrics implements BulkObserver, OutcomeObserver {
    private final MeterRegistry meters;
    private final DistributionSummary batchItems;
    private final DistributionSummary batchBytes;
    private final Timer answers;
    private final Counter diverted;
    /** Asked for once for each record, so they are not looked up by name and tags. */
    private final Map<Outcome, Counter> outcomes = new ConcurrentHashMap<>();

    IndexerMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.batchItems = DistributionSummary.builder("tributary.elasticsearch.batch.items")
                .description("Documents in a bulk request")
                .register(meters);
        this.batchBytes = DistributionSummary.builder("tributary.elasticsearch.batch.size")
                .description("Size of a bulk request")
                .baseUnit("bytes")
                .register(meters);
        this.answers = Timer.builder("tributary.elasticsearch.answers")
                .description("Time until Elasticsearch answered a bulk request")
                .register(meters);
        this.diverted = Counter.builder("tributary.elasticsearch.diverted")
                .description("Documents that a failure store took, because the mapping refused them")
                .register(meters);
    }

    void watch(BulkWriter writer) {
        Gauge.builder("tributary.elasticsearch.in.flight", writer, BulkWriter::bytesInFlight)
                .description("Size of the documents that are on their way")
                .baseUnit("bytes")
                .register(meters);
        Gauge.builder("tributary.elasticsearch.interrupted", writer, IndexerMetrics::interrupted)
                .description("Whether documents do not flow: 0 they do, 1 it passes by itself, 2 somebody must act")
                .register(meters);
    }

    void watch(Consumption consumption) {
        FunctionCounter.builder("tributary.indexer.members.replaced", consumption, Consumption::replaced)
                .description("Members of the group that failed and were replaced; their work was done again from the"
                        + " last commit")
                .register(meters);
    }

    @Override
    public void answered(int items, int bytes, Duration took) {
        batchItems.record(items);
        batchBytes.record(bytes);
        answers.record(took);
    }

    @Override
    public void retried(int items, ItemVerdict why) {
        Counter.builder("tributary.elasticsearch.retries")
                .description("Documents that were sent again")
                .tag("reason", why.name().toLowerCase(Locale.ROOT))
                .register(meters)
                .increment(items);
    }

    @Override
    public void settled(Outcome outcome) {
        outcomes.computeIfAbsent(outcome, this::records).increment();
    }

    @Override
    public void diverted() {
        diverted.increment();
    }

    private Counter records(Outcome outcome) {
        return Counter.builder("tributary.indexer.records")
                .description("Log records by what became of them")
                .tag("outcome", outcome.label())
                .register(meters);
    }

    private static double interrupted(BulkWriter writer) {
        return writer.circuit()
                .interruption()
                .map(interruption -> interruption.open() ? 2 : 1)
                .orElse(0);
    }
}
