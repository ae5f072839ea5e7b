package io.tributary.gateway.otlp;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.stream.SubscriptionOption;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.tributary.gateway.publish.ByteBudget;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * The body of a request, in the network's own buffers, and its share of the budget, from its first byte on. Whoever
 * gets it closes it.
 */
final class Body implements AutoCloseable {
    // What a request costs beside its bytes.
    private static final int OVERHEAD = 4096;
    // What each part costs beside its bytes, which a client may send one by one.
    private static final int PART_OVERHEAD = 256;
    // A client that sends too much reads the answer only when it is done; up to so many times the limit it may be.
    private static final int DRAIN_FACTOR = 4;

    private final ByteBudget budget;
    private final CompositeByteBuf bytes;
    private int taken;

    private Body(ByteBudget budget, CompositeByteBuf bytes) {
        this.budget = budget;
        this.bytes = bytes;
    }

    /** Reads the request's body; the future fails with {@link ProblemException} if it is too large. */
    static CompletableFuture<Body> read(HttpRequest request, long maxBytes, ByteBudget budget) {
        Reader reader = new Reader(new Body(budget, Unpooled.compositeBuffer(Integer.MAX_VALUE)), maxBytes);
        request.subscribe(reader, SubscriptionOption.WITH_POOLED_OBJECTS);
        return reader.done;
    }

    ByteBuf bytes() {
        return bytes;
    }

    @Override
    public void close() {
        bytes.release();
        budget.giveBack(taken);
        taken = 0;
    }

    private boolean take(int more) {
        if (!budget.tryTake(more)) {
            return false;
        }
        taken += more;
        return true;
    }

    private static final class Reader implements Subscriber<HttpObject> {
        private final Body body;
        private final long maxBytes;
        private final CompletableFuture<Body> done = new CompletableFuture<>();
        private Subscription subscription;
        private long read;
        private ProblemException problem;

        Reader(Body body, long maxBytes) {
            this.body = body;
            this.maxBytes = maxBytes;
        }

        @Override
        public void onSubscribe(Subscription begun) {
            subscription = begun;
            if (!body.take(OVERHEAD)) {
                overloaded();
            }
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(HttpObject part) {
            // Trailers tell nothing that is needed.
            if (part instanceof HttpData data) {
                take(data);
            }
        }

        private void take(HttpData data) {
            int length = data.length();
            read += length;
            if (problem == null && read > maxBytes) {
                refuse(Problem.TOO_LARGE, "body: more than " + maxBytes + " bytes (expected: at most that many)");
            } else if (problem == null && !body.take(length + PART_OVERHEAD)) {
                overloaded();
            }
            if (problem == null) {
                body.bytes.addComponent(true, data.byteBuf());
                return;
            }
            data.close();
            if (read > maxBytes * DRAIN_FACTOR) {
                subscription.cancel();
                done.completeExceptionally(problem);
            }
        }

        private void overloaded() {
            refuse(Problem.OVERLOADED, "too many bytes wait for Kafka; try again");
        }

        private void refuse(Problem why, String message) {
            problem = new ProblemException(why, message);
            body.close();
        }

        @Override
        public void onError(Throwable cause) {
            if (problem == null) {
                body.close();
            }
            done.completeExceptionally(cause);
        }

        @Override
        public void onComplete() {
            if (problem != null) {
                done.completeExceptionally(problem);
            } else if (!done.complete(body)) {
                body.close();
            }
        }
    }
}
