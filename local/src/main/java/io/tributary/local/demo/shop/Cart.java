package io.tributary.local.demo.shop;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.metrics.LongUpDownCounter;
import io.tributary.local.demo.Telemetry;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps what customers want to buy, and asks the catalog what it costs. */
final class Cart {
    private static final AttributeKey<String> CUSTOMER = AttributeKey.stringKey("shop.customer");

    private final Telemetry telemetry;
    private final Caller caller;
    private final Door catalog;
    private final LongUpDownCounter items;
    private final Map<String, Double> totals = new ConcurrentHashMap<>();

    Cart(Telemetry telemetry, Caller caller, Door catalog) {
        this.telemetry = telemetry;
        this.caller = caller;
        this.catalog = catalog;
        items = telemetry
                .meter()
                .upDownCounterBuilder("shop.cart.items")
                .setUnit("{item}")
                .build();
    }

    /** {@code /CUSTOMER/PRODUCT}: puts it into the cart. */
    Reply add(String rest) throws IOException, InterruptedException {
        int slash = rest.lastIndexOf('/');
        String customer = rest.substring(1, slash);
        Reply price = caller.get(catalog.at("/prices" + rest.substring(slash)));
        if (!price.isOk()) {
            return price;
        }
        totals.merge(customer, Double.parseDouble(price.body()), Double::sum);
        items.add(1);
        telemetry.log(
                Severity.INFO, "put into the cart: " + rest.substring(slash + 1), Attributes.of(CUSTOMER, customer));
        return price;
    }

    /** {@code /CUSTOMER}: empties the cart, and tells what it cost. */
    Reply empty(String rest) {
        Double total = totals.remove(rest.substring(1));
        if (total == null) {
            return Reply.ok("0");
        }
        items.add(-1);
        return Reply.ok(total.toString());
    }
}
