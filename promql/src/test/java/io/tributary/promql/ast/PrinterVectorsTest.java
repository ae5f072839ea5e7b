package io.tributary.promql.ast;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.promql.Features;
import io.tributary.promql.SharedData;
import io.tributary.promql.parser.Parser;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What Prometheus's own tests of its printer expect. */
class PrinterVectorsTest {

    @TestFactory
    Stream<DynamicTest> printsCanonically() throws IOException {
        return SharedData.cases("promql/printer-vectors.yaml").stream().map(vector -> {
            String text = (String) vector.get("in");
            return DynamicTest.dynamicTest(text, () -> {
                Expr expr = Parser.parse(text, Features.ALL);
                assertThat(expr).hasToString((String) vector.get("out"));
                assertThat(Parser.parse(expr.toString(), Features.ALL)).isEqualTo(expr);
            });
        });
    }

    /** Every query of the shared vectors and scripts that is valid. */
    @TestFactory
    Stream<DynamicTest> whatIsPrintedParsesBackToTheSameTree() throws IOException {
        return SharedData.cases("promql/parse-vectors.yaml").stream()
                .filter(vector -> "true".equals(vector.get("valid")) && vector.get("query") instanceof String)
                .map(vector -> (String) vector.get("query"))
                .map(text -> DynamicTest.dynamicTest(text, () -> {
                    Expr expr = Parser.parse(text, Features.ALL);
                    assertThat(Parser.parse(expr.toString(), Features.ALL)).isEqualTo(expr);
                }));
    }
}
