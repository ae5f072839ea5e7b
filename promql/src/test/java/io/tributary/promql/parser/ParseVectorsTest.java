package io.tributary.promql.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tributary.promql.Features;
import io.tributary.promql.SharedData;
import io.tributary.promql.ast.NumberLiteral;
import io.tributary.promql.parser.ParseException.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What Prometheus's own tests of its parser expect. */
class ParseVectorsTest {

    @TestFactory
    Stream<DynamicTest> parsesOrRefuses() throws IOException {
        return SharedData.cases("promql/parse-vectors.yaml").stream().map(vector -> {
            Object query = vector.get("query");
            String text = query instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : (String) query;
            return DynamicTest.dynamicTest(text, () -> check(text, vector));
        });
    }

    private static void check(String text, Map<String, Object> vector) {
        if (vector.get("valid").equals("false")) {
            refused(text, vector);
            return;
        }
        var expr = Parser.parse(text, Features.ALL);
        Object number = vector.get("number");
        if (number != null) {
            assertThat(expr)
                    .isInstanceOfSatisfying(
                            NumberLiteral.class,
                            literal -> assertThat(literal.value()).isEqualTo(number(number.toString())));
        }
    }

    private static double number(String text) {
        return switch (text) {
            case "math.Inf(1)" -> Double.POSITIVE_INFINITY;
            case "math.Inf(-1)" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    /**
     * After a mistake in syntax, we seek nothing further where Prometheus at times does: our messages come first there.
     */
    @SuppressWarnings("unchecked")
    private static void refused(String text, Map<String, Object> vector) {
        var refused = catchThrowableOfType(ParseException.class, () -> Parser.parse(text, Features.ALL));
        assertThat(refused).isNotNull();
        var messages = refused.problems().stream().map(Problem::message).toList();
        assertThat((List<String>) vector.get("reference_errors")).startsWith(messages.toArray(String[]::new));
    }
}
