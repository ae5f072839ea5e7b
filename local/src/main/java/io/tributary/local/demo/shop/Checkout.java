package io.tributary.local.demo.shop;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.metrics.LongCounter;
import io.tributary.local.demo.Telemetry;
import java.io.IOException;

/** Turns a cart into an order. */
final class Checkout {
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("shop.order.outcome");
    private static final int BAD_GATEWAY = 502;

    private final Telemetry telemetry;
    private final Caller caller;
    private final Door cart;
    private final Door payment;
    private final LongCounter orders;

    Checkout(Telemetry telemetry, Caller caller, Door cart, Door payment) {
        this.telemetry = telemetry;
        this.caller = caller;
        this.cart = cart;
        this.payment = payment;
        orders = telemetry
                .meter()
                .counterBuilder("shop.orders")
                .setUnit("{order}")
                .build();
    }

    /** {@code /CUSTOMER}: buys what is in the cart. */
    Reply order(String rest) throws IOException, InterruptedException {
        Reply total = caller.get(cart.at("/empty" + rest));
        Reply payed = caller.get(payment.at("/charge/" + total.body()));
        Attributes outcome = Attributes.of(OUTCOME, payed.isOk() ? "placed" : "refused");
        orders.add(1, outcome);
        if (payed.isOk()) {
            telemetry.log(Severity.INFO, "order placed", outcome);
            return Reply.ok("thank you");
        }
        telemetry.log(Severity.WARN, "order refused: payment answered " + payed.status(), outcome);
        return new Reply(BAD_GATEWAY, "");
    }
}
