package io.tributary.promql.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tributary.promql.label.Labels;
import io.tributary.promql.template.alert.AlertFunctions;
import io.tributary.promql.value.Value;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.yaml.snakeyaml.Yaml;

/** Every case of the shared template vectors. */
class SharedTemplatesTest {

    private static final Path VECTORS =
            Path.of(System.getProperty("tributary.shared", "../../shared"), "data/rules/template-vectors.yaml");

    /** The time of the vectors: 2012-11-24 11:14:12 UTC. */
    private static final long NOW = 1_353_755_652_000L;

    private static final Pattern GO_LIST = Pattern.compile("\\[\\](\\w+)\\{(.*)\\}");

    @TestFactory
    Stream<DynamicTest> cases() throws IOException {
        assumeTrue(Files.exists(VECTORS), "no ../shared: the template vectors are not checked");
        Map<String, List<Map<String, Object>>> file = new Yaml().load(Files.readString(VECTORS));
        return file.get("cases").stream()
                .map(one -> DynamicTest.dynamicTest((String) one.get("template"), () -> check(one)));
    }

    private static void check(Map<String, Object> one) {
        if (Boolean.TRUE.equals(one.get("fails"))) {
            assertThatThrownBy(() -> expand(one))
                    .isInstanceOf(TemplateException.class)
                    .hasMessageContaining((String) one.get("error_contains"));
        } else {
            assertThat(expand(one)).isEqualTo(one.get("output"));
        }
    }

    private static String expand(Map<String, Object> one) {
        Output output = Boolean.TRUE.equals(one.get("html")) ? Output.HTML : Output.TEXT;
        Functions functions = AlertFunctions.at(
                NOW, expression -> elements(one.get("query_result")), URI.create("http://testhost:9090/path/prefix"));
        Templates templates = told(
                "error parsing template test: ",
                () -> Templates.of(functions, output).with("test", (String) one.get("template")));
        return told(
                "error executing template test: ",
                () -> templates.execute("test", input((String) one.get("input_go"))));
    }

    /** As Prometheus says at which step a template failed. */
    private static <T> T told(String step, Supplier<T> result) {
        try {
            return result.get();
        } catch (TemplateException e) {
            throw new TemplateException(step + e.getMessage(), e);
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Value.Sample> elements(Object result) {
        var samples = new ArrayList<Value.Sample>();
        for (Map<String, Object> each : (List<Map<String, Object>>) result) {
            Labels labels = Labels.of((Map<String, String>) each.get("labels"));
            samples.add(new Value.Sample(labels, NOW, Double.parseDouble((String) each.get("value")), null));
        }
        return samples;
    }

    /** The list that a Go literal means. */
    private static Object input(String go) {
        if (go == null) {
            return null;
        }
        Matcher list = GO_LIST.matcher(go);
        assertThat(list.matches()).as(go).isTrue();
        return Stream.of(list.group(2).split(", "))
                .map(each -> element(list.group(1), each))
                .toList();
    }

    private static Object element(String type, String go) {
        return switch (type) {
            case "string" -> go.replace("\"", "");
            case "float64" -> sum(go);
            default ->
                switch (go) {
                    case "math.MaxInt64" -> Long.MAX_VALUE;
                    case "math.MaxUint64" -> BigInteger.TWO.pow(64).subtract(BigInteger.ONE);
                    default -> Long.valueOf(go);
                };
        };
    }

    private static double sum(String go) {
        boolean negative = go.startsWith("-(");
        double sum = 0;
        for (String term : go.replaceAll("[-()]", "").split("\\+", -1)) {
            double product = 1;
            for (String factor : term.strip().split("\\*", -1)) {
                product *= Double.parseDouble(factor);
            }
            sum += product;
        }
        return negative ? -sum : sum;
    }
}
