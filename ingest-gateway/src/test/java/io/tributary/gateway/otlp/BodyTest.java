package io.tributary.gateway.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.stream.StreamMessage;
import io.tributary.gateway.publish.ByteBudget;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class BodyTest {
    private static final int BUDGET = 1 << 16;

    private final ByteBudget budget = new ByteBudget(BUDGET);

    private CompletableFuture<Body> read(int parts, int length) {
        HttpData part = HttpData.wrap(new byte[length]);
        return Body.read(
                HttpRequest.of(
                        RequestHeaders.of(HttpMethod.POST, "/v1/logs"),
                        StreamMessage.of(Collections.nCopies(parts, part).toArray(HttpData[]::new))),
                BUDGET,
                budget);
    }

    @Test
    void aBodyTakesItsBytesUntilItIsClosed() {
        try (Body body = read(4, BUDGET / 8).join()) {
            assertThat(body.bytes().readableBytes()).isEqualTo(BUDGET / 2);
            assertThat(budget.taken()).isGreaterThan(BUDGET / 2);
        }
        assertThat(budget.taken()).isZero();
    }

    @Test
    void whatManySmallPartsCostBesideTheirBytesIsBoundedToo() {
        CompletableFuture<Body> body = read(10_000, 1);

        CompletionException failure = catchThrowableOfType(CompletionException.class, body::join);
        assertThat(failure).isNotNull();
        assertThat(failure.getCause())
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.OVERLOADED));
        assertThat(budget.taken()).isZero();
    }
}
