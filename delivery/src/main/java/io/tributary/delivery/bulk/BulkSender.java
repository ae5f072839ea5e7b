package io.tributary.delivery.bulk;

import io.tributary.delivery.elasticsearch.AccessRefusedException;
import io.tributary.delivery.elasticsearch.ElasticsearchAnswer;
import io.tributary.delivery.elasticsearch.ElasticsearchError;
import io.tributary.delivery.elasticsearch.ElasticsearchHttp;
import io.tributary.delivery.elasticsearch.IndexTemplates;
import io.tributary.schemas.failure.RetryableException;
import java.io.IOException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** One attempt to write a batch: one request, after the templates are there. */
final class BulkSender {
    /**
     * How an attempt ended.
     *
     * @param verdict what the request's status means
     * @param items the items' answers; empty unless the verdict is {@link RequestVerdict#ITEMS}
     * @param message what happened, for people
     */
    record Attempt(RequestVerdict verdict, List<BulkAnswer.Item> items, String message) {}

    private static final String PATH = "/_bulk?filter_path=" + BulkAnswer.FILTER;

    private final ElasticsearchHttp elasticsearch;
    private final IndexTemplates templates;
    private final BulkObserver observer;
    private final Clock clock;
    private final ReentrantLock installing = new ReentrantLock();
    private volatile boolean installed;

    BulkSender(ElasticsearchHttp elasticsearch, IndexTemplates templates, BulkObserver observer, Clock clock) {
        this.elasticsearch = elasticsearch;
        this.templates = templates;
        this.observer = observer;
        this.clock = clock;
    }

    /** Sees to it that the templates are there; ends as {@link RequestVerdict#ITEMS} without items when they are. */
    Attempt prepare() throws InterruptedException {
        try {
            install();
            return new Attempt(RequestVerdict.ITEMS, List.of(), "");
        } catch (AccessRefusedException e) {
            return new Attempt(RequestVerdict.UNAUTHORIZED, List.of(), e.getMessage());
        } catch (RetryableException e) {
            return new Attempt(RequestVerdict.RETRY, List.of(), e.getMessage());
        } catch (RuntimeException | Error e) {
            // It must not end who sends: it would look as if all were well. Its words may be secret.
            return new Attempt(RequestVerdict.HOLD, List.of(), "a defect of ours: " + e.getClass());
        }
    }

    Attempt send(List<BulkItem> items) throws InterruptedException {
        try {
            install();
            BulkBody body = new BulkBody(items);
            Instant start = clock.instant();
            ElasticsearchAnswer answer = send(body, items);
            observer.answered(items.size(), body.size(), Duration.between(start, clock.instant()));
            return read(answer, items.size());
        } catch (AccessRefusedException e) {
            return new Attempt(RequestVerdict.UNAUTHORIZED, List.of(), e.getMessage());
        } catch (IOException | RetryableException e) {
            if (isUnanswered(e)) {
                // It has taken the request and may work on it still: sent again as large, it would take as long again.
                return new Attempt(
                        RequestVerdict.THROTTLED, List.of(), "Elasticsearch gave no answer in time: " + e.getMessage());
            }
            // Who comes back may be another one, without our templates.
            installed = false;
            return new Attempt(RequestVerdict.RETRY, List.of(), "Elasticsearch is away: " + e);
        }
    }

    private static boolean isUnanswered(Exception e) {
        return e instanceof HttpTimeoutException && !(e instanceof HttpConnectTimeoutException);
    }

    private ElasticsearchAnswer send(BulkBody body, List<BulkItem> items) throws IOException, InterruptedException {
        try {
            return elasticsearch.send("POST", PATH, ElasticsearchHttp.NDJSON, body, body.size());
        } finally {
            if (!body.isRead()) {
                // The HTTP client may not have noticed yet that the request is over.
                items.forEach(item -> item.source().retire());
            }
        }
    }

    private Attempt read(ElasticsearchAnswer answer, int expected) throws IOException {
        RequestVerdict verdict = RequestVerdict.of(answer.status());
        if (verdict == RequestVerdict.ITEMS) {
            List<BulkAnswer.Item> items = BulkAnswer.parse(answer.body()).items();
            if (items.size() != expected) {
                throw new IOException("answers: " + items.size() + " (expected: " + expected + ")");
            }
            return new Attempt(verdict, items, "");
        }
        ElasticsearchError error = ElasticsearchError.of(answer.body());
        String message = "Elasticsearch answered HTTP " + answer.status() + ' ' + error.type();
        return new Attempt(verdict, List.of(), message.strip());
    }

    private void install() throws InterruptedException {
        if (installed) {
            return;
        }
        installing.lockInterruptibly();
        try {
            if (!installed) {
                templates.install(elasticsearch);
                installed = true;
            }
        } finally {
            installing.unlock();
        }
    }
}
