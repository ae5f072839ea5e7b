package io.tributary.local.demo.shop;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.tributary.local.demo.Telemetry;
import java.io.IOException;
import java.time.Duration;

/** Takes the money. Sometimes fails: when the bank does not answer. */
final class Payment {
    private static final double NO_ANSWER = 0.1;
    private static final Duration BANK = Duration.ofMillis(15);

    private final Telemetry telemetry;
    private final Chance chance;
    private final DoubleHistogram amounts;

    Payment(Telemetry telemetry, Chance chance) {
        this.telemetry = telemetry;
        this.chance = chance;
        amounts = telemetry
                .meter()
                .histogramBuilder("shop.payment.amount")
                .setUnit("EUR")
                .build();
    }

    /** {@code /AMOUNT}: charges so many euros. */
    Reply charge(String rest) throws IOException {
        chance.work(BANK);
        if (chance.of(NO_ANSWER)) {
            throw new IOException("the bank does not answer");
        }
        double amount = Double.parseDouble(rest.substring(1));
        amounts.record(amount);
        telemetry.log(Severity.INFO, "charged", Attributes.of(AttributeKey.doubleKey("shop.payment.amount"), amount));
        return Reply.ok("paid");
    }
}
