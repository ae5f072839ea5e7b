package io.tributary.local.demo.shop;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.tributary.local.demo.Telemetry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A service's HTTP client, with a span for each request whose context travels with it in W3C's {@code traceparent}. */
final class Caller {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Telemetry telemetry;
    private final HttpClient client;

    Caller(Telemetry telemetry, HttpClient client) {
        this.telemetry = telemetry;
        this.client = client;
    }

    Reply get(URI uri) throws IOException, InterruptedException {
        Span span = telemetry
                .tracer()
                .spanBuilder("GET")
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute("http.request.method", "GET")
                .setAttribute("url.full", uri.toString())
                .setAttribute("server.address", uri.getHost())
                .setAttribute("server.port", (long) uri.getPort())
                .startSpan();
        try (Scope _ = span.makeCurrent()) {
            var request = HttpRequest.newBuilder(uri).timeout(PATIENCE);
            telemetry
                    .propagator()
                    .inject(Context.current(), request, (carrier, name, value) -> carrier.setHeader(name, value));
            var response = client.send(request.build(), BodyHandlers.ofString());
            Reply reply = new Reply(response.statusCode(), response.body());
            span.setAttribute("http.response.status_code", (long) reply.status());
            if (!reply.isOk()) {
                span.setStatus(StatusCode.ERROR);
            }
            return reply;
        } catch (IOException e) {
            span.recordException(e).setStatus(StatusCode.ERROR);
            throw e;
        } finally {
            span.end();
        }
    }
}
