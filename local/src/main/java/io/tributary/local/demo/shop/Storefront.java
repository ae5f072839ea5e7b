package io.tributary.local.demo.shop;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import io.tributary.local.demo.Telemetry;
import java.io.IOException;

/** What customers see. */
final class Storefront {
    private static final int ITEMS = 3;

    private final Telemetry telemetry;
    private final Chance chance;
    private final Caller caller;
    private final Door catalog;
    private final Door cart;
    private final Door checkout;

    Storefront(Telemetry telemetry, Chance chance, Caller caller, Door catalog, Door cart, Door checkout) {
        this.telemetry = telemetry;
        this.chance = chance;
        this.caller = caller;
        this.catalog = catalog;
        this.cart = cart;
        this.checkout = checkout;
    }

    /** {@code /CUSTOMER}: looks at a product. */
    Reply browse(String rest) throws IOException, InterruptedException {
        telemetry.log(Severity.DEBUG, "looked at by " + rest.substring(1), Attributes.empty());
        return caller.get(catalog.at("/prices/" + chance.one(Catalog.PRODUCTS)));
    }

    /** {@code /CUSTOMER}: puts some products into the cart, and buys them. */
    Reply buy(String rest) throws IOException, InterruptedException {
        int items = chance.number(ITEMS);
        for (int i = 0; i < items; i++) {
            Reply added = caller.get(cart.at("/add" + rest + "/" + chance.one(Catalog.PRODUCTS)));
            if (!added.isOk()) {
                return added;
            }
        }
        Reply ordered = caller.get(checkout.at("/order" + rest));
        telemetry.log(
                ordered.isOk() ? Severity.INFO : Severity.ERROR,
                ordered.isOk() ? "customer is happy" : "customer was turned away",
                Attributes.empty());
        return ordered;
    }
}
