package io.tributary.gateway.otlp;

import com.google.rpc.Status;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.tributary.gateway.decode.Encoding;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** OTLP/HTTP for one signal. The response is written as the request was. OTLP: "OTLP/HTTP". */
public final class OtlpHttpService implements HttpService {
    /** The protocol's name in ledger and meters. */
    public static final String PROTOCOL = "otlp/http";

    private static final MediaType PROTOBUF = MediaType.create("application", "x-protobuf");
    private static final MediaType JSON = MediaType.create("application", "json");

    private final OtlpService<?, ?, ?> service;
    private final OtlpReceiver receiver;

    /** Serves this signal. */
    public OtlpHttpService(OtlpService<?, ?, ?> service, OtlpReceiver receiver) {
        this.service = service;
        this.receiver = receiver;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        Encoding encoding = encoding(request.contentType());
        if (encoding == null) {
            return respond(
                    Encoding.JSON,
                    unsupported(request, "Content-Type: unknown (expected: " + PROTOBUF + " or " + JSON + ")"));
        }
        String compression = request.headers().get(HttpHeaderNames.CONTENT_ENCODING, "identity");
        return switch (compression.strip().toLowerCase(Locale.ROOT)) {
            case "gzip", "x-gzip" -> respond(encoding, receive(request, encoding, true));
            case "identity", "" -> respond(encoding, receive(request, encoding, false));
            default ->
                respond(encoding, unsupported(request, "Content-Encoding: unknown (expected: gzip or identity)"));
        };
    }

    /** The answer to a request that was not done when its time was over. */
    public HttpResponse late(HttpRequest request) {
        Encoding encoding = encoding(request.contentType());
        return response(encoding == null ? Encoding.JSON : encoding, Answer.NotTaken.LATE);
    }

    private CompletableFuture<Answer> receive(HttpRequest request, Encoding encoding, boolean gzip) {
        return receiver.receive(service, PROTOCOL, request, encoding, body -> new OtlpReceiver.Framed(body, gzip));
    }

    private CompletableFuture<Answer> unsupported(HttpRequest request, String message) {
        return receiver.refuse(service, PROTOCOL, request, Problem.UNSUPPORTED, message);
    }

    private static @Nullable Encoding encoding(@Nullable MediaType type) {
        if (type == null) {
            return null;
        }
        MediaType bare = type.withoutParameters();
        return bare.equals(PROTOBUF) ? Encoding.PROTOBUF : bare.equals(JSON) ? Encoding.JSON : null;
    }

    private HttpResponse respond(Encoding encoding, CompletableFuture<Answer> answer) {
        return HttpResponse.of(answer.thenApply(given -> switch (given) {
            case Answer.Taken taken -> response(encoding, taken);
            case Answer.NotTaken not -> response(encoding, not);
        }));
    }

    private HttpResponse response(Encoding encoding, Answer.Taken taken) {
        ResponseHeaders headers = headers(HttpStatus.OK, encoding).build();
        if (encoding == Encoding.JSON) {
            String field = service.rejectedField();
            return HttpResponse.of(
                    headers, HttpData.ofUtf8(JsonAnswers.taken(field, taken.rejected(), taken.message())));
        }
        return taken.rejected() == 0
                ? HttpResponse.of(headers, HttpData.empty())
                : HttpResponse.of(
                        headers,
                        HttpData.wrap(service.response()
                                .of(taken.rejected(), taken.message())
                                .toByteArray()));
    }

    private static HttpResponse response(Encoding encoding, Answer.NotTaken not) {
        ResponseHeadersBuilder headers =
                headers(HttpStatus.valueOf(not.problem().http()), encoding);
        if (not.problem().isRetryable()) {
            headers.set(HttpHeaderNames.RETRY_AFTER, Integer.toString(Problem.RETRY_SECONDS));
        }
        if (not.problem() == Problem.UNSUPPORTED) {
            headers.set(HttpHeaderNames.ACCEPT_ENCODING, "gzip, identity");
        }
        int code = not.problem().grpc().getNumber();
        HttpData body = encoding == Encoding.JSON
                ? HttpData.ofUtf8(JsonAnswers.status(code, not.message()))
                : HttpData.wrap(Status.newBuilder()
                        .setCode(code)
                        .setMessage(not.message())
                        .build()
                        .toByteArray());
        return HttpResponse.of(headers.build(), body);
    }

    private static ResponseHeadersBuilder headers(HttpStatus status, Encoding encoding) {
        return ResponseHeaders.builder(status).contentType(encoding == Encoding.JSON ? JSON : PROTOBUF);
    }
}
