package io.tributary.gateway.otlp;

import com.google.protobuf.Message;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.TimeoutException;
import com.linecorp.armeria.common.stream.ClosedStreamException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.tributary.gateway.decode.BodyTooLargeException;
import io.tributary.gateway.decode.Encoding;
import io.tributary.gateway.decode.MessageDecoder;
import io.tributary.gateway.decode.Room;
import io.tributary.gateway.decode.UndecodableException;
import io.tributary.gateway.ledger.Accounts;
import io.tributary.gateway.publish.ByteBudget;
import io.tributary.gateway.publish.KafkaRecordPublisher;
import io.tributary.gateway.publish.OverloadedException;
import io.tributary.gateway.publish.Tally;
import io.tributary.gateway.validate.TimeRules;
import io.tributary.schemas.identity.EventId;
import io.tributary.schemas.identity.Tenant;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes requests through their steps, the same for every protocol: read, decode, translate, publish, account. */
public final class OtlpReceiver {
    private static final Logger LOG = LoggerFactory.getLogger(OtlpReceiver.class);
    /** Where a gzip member tells when it was made. RFC 1952: "Member header". */
    private static final int GZIP_TIME = 4;

    /**
     * What is taken.
     *
     * @param maxBody the largest body, in bytes, before and after decompression
     * @param maxDecoded how many bytes decoded requests may take in memory, all together, by an estimate
     * @param patience how long a request waits for its share of these bytes
     * @param tenantHeader the header that names the tenant
     * @param futureTolerance how far in the future a record's time may lie
     */
    public record Limits(
            int maxBody, int maxDecoded, Duration patience, String tenantHeader, Duration futureTolerance) {}

    /** How a body must be undone before it can be decoded. */
    interface Unframing {
        /** The message's own bytes, and whether they are compressed; {@link ProblemException} if they are none. */
        Framed unframe(ByteBuf body);
    }

    /**
     * A message within a body.
     *
     * @param message its bytes
     * @param gzip whether they are compressed
     */
    record Framed(ByteBuf message, boolean gzip) {}

    /** A request, and the hash of its bytes as they came. */
    private record Decoded<Q>(Q message, long hash) {}

    private final Limits limits;
    private final MessageDecoder decoder;
    private final ByteBudget budget;
    private final ByteBudget decoded;
    private final KafkaRecordPublisher publisher;
    private final Accounts accounts;
    private final InstantSource clock;
    private final Executor workers;
    private final BooleanSupplier ready;

    /** A receiver that decodes on the workers' threads, and takes nothing until it is ready. */
    public OtlpReceiver(
            Limits limits,
            ByteBudget budget,
            KafkaRecordPublisher publisher,
            Accounts accounts,
            InstantSource clock,
            Executor workers,
            BooleanSupplier ready) {
        this.limits = limits;
        this.decoder = new MessageDecoder(limits.maxBody());
        this.budget = budget;
        this.decoded = new ByteBudget(limits.maxDecoded());
        this.publisher = publisher;
        this.accounts = accounts;
        this.clock = clock;
        this.workers = workers;
        this.ready = ready;
    }

    /** Takes the request of this protocol; the future never fails. */
    <Q extends Message> CompletableFuture<Answer> receive(
            OtlpService<Q, ?, ?> service, String protocol, HttpRequest request, Encoding encoding, Unframing framing) {
        return Body.read(request, limits.maxBody() + (long) GrpcFrames.HEADER_BYTES, budget)
                .thenComposeAsync(
                        body -> {
                            try (DecodedRoom room = new DecodedRoom(decoded, limits.patience())) {
                                Decoded<Q> read = decode(service, body, encoding, framing, room);
                                return publish(service, protocol, tenant(request), read);
                            }
                        },
                        workers)
                .exceptionally(OtlpReceiver::notTaken)
                .thenApply(answer -> {
                    accounts.answered(service.topic().signal(), protocol, answer.label());
                    return answer;
                });
    }

    /** Answers without a look at the body; the future never fails. */
    CompletableFuture<Answer> refuse(
            OtlpService<?, ?, ?> service, String protocol, HttpRequest request, Problem problem, String message) {
        return Body.read(request, limits.maxBody(), budget)
                .thenAccept(Body::close)
                .handle((done, failure) -> {
                    accounts.answered(service.topic().signal(), protocol, problem.label());
                    return new Answer.NotTaken(problem, message);
                });
    }

    private <Q extends Message> Decoded<Q> decode(
            OtlpService<Q, ?, ?> service, Body body, Encoding encoding, Unframing framing, Room room) {
        try (body) {
            Framed framed = framing.unframe(body.bytes());
            // One copy out of the network's buffers: arrays are hashed and decoded much faster than these.
            byte[] message = ByteBufUtil.getBytes(framed.message());
            Q request = decoder.decode(message, framed.gzip(), encoding, service.prototype(), room);
            if (framed.gzip()) {
                // A client may compress anew what it sends again.
                Arrays.fill(message, GZIP_TIME, GZIP_TIME + Integer.BYTES, (byte) 0);
            }
            return new Decoded<>(request, EventId.request(message));
        } catch (UndecodableException e) {
            throw new ProblemException(Problem.UNDECODABLE, e.getMessage());
        } catch (BodyTooLargeException e) {
            throw new ProblemException(Problem.TOO_LARGE, e.getMessage());
        } catch (OverloadedException e) {
            throw new ProblemException(Problem.OVERLOADED, e.getMessage());
        }
    }

    private String tenant(HttpRequest request) {
        String name = request.headers().get(limits.tenantHeader());
        if (name == null) {
            return Tenant.DEFAULT;
        }
        if (!Tenant.isValid(name)) {
            throw new ProblemException(
                    Problem.INVALID_TENANT,
                    limits.tenantHeader() + ": malformed (expected: 1 to 64 of a-z, 0-9, underscore and dot)");
        }
        return name;
    }

    private <Q extends Message, K, V> CompletableFuture<Answer> publish(
            OtlpService<Q, K, V> service, String protocol, String tenant, Decoded<Q> request) {
        if (!ready.getAsBoolean()) {
            throw new ProblemException(Problem.UNAVAILABLE, "Kafka is not there yet; try again");
        }
        TimeRules times = TimeRules.at(clock.instant(), limits.futureTolerance());
        return publisher
                .publish(service.topic(), service.translator(), request.message(), request.hash(), tenant, times)
                .thenApply(tally -> {
                    accounts.count(protocol, service.topic(), tenant, tally);
                    return answer(tally);
                });
    }

    private static Answer answer(Tally tally) {
        if (tally.unavailable() > 0) {
            return new Answer.NotTaken(
                    Problem.UNAVAILABLE,
                    "records that Kafka did not take: " + tally.unavailable() + " of " + tally.accepted()
                            + "; send the request again");
        }
        long refused = tally.refusedInAll();
        return refused == 0
                ? new Answer.Taken(0, "")
                : new Answer.Taken(
                        refused,
                        "records refused: " + refused + " of " + tally.accepted() + " (" + tally.reasons() + ")");
    }

    private static Answer notTaken(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof ProblemException e) {
            return new Answer.NotTaken(e.problem(), e.getMessage());
        }
        if (cause instanceof ClosedStreamException || cause instanceof TimeoutException) {
            return new Answer.NotTaken(Problem.INCOMPLETE, "body: ended too early");
        }
        LOG.error("A request failed in an unforeseen way", cause);
        return new Answer.NotTaken(Problem.INTERNAL, "unforeseen failure");
    }
}
