package io.tributary.alerts.notify;

import java.net.http.HttpResponse;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

/**
 * What a receiver says after status and headers. It is read and passed over while nobody waits for it, so that its
 * connection serves again; the connection of one that says much, or does not come to its end, is closed.
 */
final class RestOfAnswer implements HttpResponse.BodySubscriber<Void> {
    private static final long MOST_BYTES = 64 << 10;
    /** The timeout of a request holds for status and headers only. */
    private static final long WITHIN_SECONDS = 1;

    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private long bytes;

    /** There at once. */
    @Override
    public CompletionStage<Void> getBody() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        var _ = end.orTimeout(WITHIN_SECONDS, TimeUnit.SECONDS).whenComplete((_, failure) -> {
            if (failure != null) {
                subscription.cancel();
            }
        });
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> read) {
        bytes += read.stream().mapToLong(Buffer::remaining).sum();
        if (bytes > MOST_BYTES) {
            end.cancel(false);
        }
    }

    @Override
    public void onError(Throwable failure) {
        end.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        end.complete(null);
    }
}
