package io.tributary.gateway.otlp;

import com.google.protobuf.Message;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.tributary.gateway.decode.Encoding;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * OTLP/gRPC for one signal: a unary call, framed here so that gRPC shares buffers, budget and decoder with HTTP. OTLP:
 * "OTLP/gRPC"; gRPC: PROTOCOL-HTTP2.md.
 */
public final class OtlpGrpcService implements HttpService {
    /** The protocol's name in ledger and meters. */
    public static final String PROTOCOL = "otlp/grpc";

    private static final String ENCODING = "grpc-encoding";
    private static final String ACCEPT_ENCODING = "grpc-accept-encoding";
    private static final String STATUS = "grpc-status";
    private static final String MESSAGE = "grpc-message";
    private static final String DETAILS = "grpc-status-details-bin";
    private static final MediaType GRPC = MediaType.create("application", "grpc");
    private static final MediaType GRPC_PROTO = MediaType.create("application", "grpc+proto");

    private final OtlpService<?, ?, ?> service;
    private final OtlpReceiver receiver;

    /** Serves this signal. */
    public OtlpGrpcService(OtlpService<?, ?, ?> service, OtlpReceiver receiver) {
        this.service = service;
        this.receiver = receiver;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        if (!isGrpc(request.contentType())) {
            return HttpResponse.of(
                    receiver.refuse(service, PROTOCOL, request, Problem.UNSUPPORTED, "Content-Type: not gRPC")
                            .thenApply(answer -> HttpResponse.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE)));
        }
        String compression = request.headers().get(ENCODING, "identity");
        CompletableFuture<Answer> answer = switch (compression) {
            case "gzip" -> receive(request, true);
            case "identity" -> receive(request, false);
            default ->
                receiver.refuse(
                        service,
                        PROTOCOL,
                        request,
                        Problem.UNSUPPORTED,
                        ENCODING + ": unknown (expected: gzip or identity)");
        };
        return HttpResponse.of(answer.thenApply(this::response));
    }

    /** The answer to a request that was not done when its time was over. */
    public HttpResponse late() {
        return response(Answer.NotTaken.LATE);
    }

    private CompletableFuture<Answer> receive(HttpRequest request, boolean gzip) {
        return receiver.receive(service, PROTOCOL, request, Encoding.PROTOBUF, body -> GrpcFrames.unframe(body, gzip));
    }

    private static boolean isGrpc(@Nullable MediaType type) {
        if (type == null) {
            return false;
        }
        MediaType bare = type.withoutParameters();
        return bare.equals(GRPC) || bare.equals(GRPC_PROTO);
    }

    private HttpResponse response(Answer answer) {
        ResponseHeadersBuilder headers =
                ResponseHeaders.builder(HttpStatus.OK).contentType(GRPC).set(ACCEPT_ENCODING, "identity,gzip");
        return switch (answer) {
            case Answer.Taken taken -> {
                Message message = taken.rejected() == 0
                        ? service.response().of(0, "").getDefaultInstanceForType()
                        : service.response().of(taken.rejected(), taken.message());
                yield HttpResponse.of(headers.build(), GrpcFrames.frame(message), HttpHeaders.of(STATUS, "0"));
            }
            case Answer.NotTaken not -> {
                int code = not.problem().grpc().getNumber();
                headers.set(STATUS, Integer.toString(code)).set(MESSAGE, GrpcFrames.message(not.message()));
                if (not.problem().isRetryable()) {
                    headers.set(DETAILS, GrpcFrames.retryDetails(code, not.message(), Problem.RETRY_SECONDS));
                }
                yield HttpResponse.of(headers.endOfStream(true).build());
            }
        };
    }
}
