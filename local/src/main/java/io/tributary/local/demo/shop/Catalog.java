package io.tributary.local.demo.shop;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.tributary.local.demo.Telemetry;
import java.time.Duration;
import java.util.List;

/** Knows what can be bought and what it costs. Sometimes slow: when its cache is cold. */
final class Catalog {
    static final List<String> PRODUCTS = List.of("kettle", "lamp", "notebook", "umbrella", "wrench");

    private static final AttributeKey<String> PRODUCT = AttributeKey.stringKey("shop.product");
    private static final double COLD = 0.08;
    private static final Duration CACHED = Duration.ofMillis(2);
    private static final Duration LOADED = Duration.ofMillis(350);
    private static final double PRICE_OF_A_LETTER = 4.5;

    private final Telemetry telemetry;
    private final Chance chance;

    Catalog(Telemetry telemetry, Chance chance) {
        this.telemetry = telemetry;
        this.chance = chance;
        telemetry
                .meter()
                .gaugeBuilder("shop.product.price")
                .setUnit("EUR")
                .buildWithCallback(prices ->
                        PRODUCTS.forEach(product -> prices.record(priceOf(product), Attributes.of(PRODUCT, product))));
    }

    /** {@code /PRODUCT}: its price in euros. */
    Reply price(String rest) {
        String product = rest.substring(1);
        Span span = telemetry.tracer().spanBuilder("look up " + product).startSpan();
        try (Scope _ = span.makeCurrent()) {
            if (chance.of(COLD)) {
                chance.work(LOADED);
                telemetry.log(Severity.WARN, "cache is cold: loaded from disk", Attributes.of(PRODUCT, product));
            } else {
                chance.work(CACHED);
            }
            return Reply.ok(Double.toString(priceOf(product)));
        } finally {
            span.end();
        }
    }

    private static double priceOf(String product) {
        return PRICE_OF_A_LETTER * product.length();
    }
}
