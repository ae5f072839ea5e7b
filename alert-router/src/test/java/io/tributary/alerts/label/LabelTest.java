package io.tributary.alerts.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelTest {
    @Test
    void fingerprintsAreThoseOfPrometheus() {
        // FNV-1a's offset basis for no labels; the others from the algorithm's definition, one label and two in any
        // order.
        assertThat(Fingerprint.of(Map.of())).isEqualTo("cbf29ce484222325");
        assertThat(Fingerprint.of(Map.of("a", "b", "c", "d"))).isEqualTo(reference("a", "b", "c", "d"));
        assertThat(Fingerprint.of(Map.of("name", "wért"))).isEqualTo(reference("name", "wért"));
        assertThat(Fingerprint.of(Map.of("ab", "c"))).isNotEqualTo(Fingerprint.of(Map.of("a", "bc")));
    }

    private static String reference(String... texts) {
        java.math.BigInteger modulus = java.math.BigInteger.TWO.pow(64);
        java.math.BigInteger prime = new java.math.BigInteger("1099511628211");
        java.math.BigInteger hash = new java.math.BigInteger("14695981039346656037");
        for (String text : texts) {
            for (byte each : text.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
                hash = hash.xor(java.math.BigInteger.valueOf(each & 0xff))
                        .multiply(prime)
                        .mod(modulus);
            }
            hash = hash.xor(java.math.BigInteger.valueOf(255)).multiply(prime).mod(modulus);
        }
        return String.format("%016x", hash);
    }

    @Test
    void textQuotesAsGoDoes() {
        assertThat(LabelText.of(Map.of())).isEqualTo("{}");
        assertThat(LabelText.of(Map.of("b", "x\"y\\", "a", "line\nend\u0001")))
                .isEqualTo("{a=\"line\\nend\\x01\", b=\"x\\\"y\\\\\"}");
    }

    @Test
    void orderIsByJobThenInstanceThenAllLabels() {
        Map<String, String> none = Map.of("x", "0");
        Map<String, String> jobA = Map.of("job", "a", "instance", "2");
        Map<String, String> jobA1 = Map.of("job", "a", "instance", "1", "z", "9");
        Map<String, String> jobB = Map.of("job", "b");
        Map<String, String> jobBx = Map.of("job", "b", "x", "1");
        Map<String, String> jobBy = Map.of("job", "b", "x", "2");
        List<Map<String, String>> sorted = new ArrayList<>(List.of(none, jobBy, jobBx, jobB, jobA, jobA1));
        sorted.sort(Comparator.comparing(each -> each, new LabelOrder()));
        assertThat(sorted).containsExactly(jobA1, jobA, jobB, jobBx, jobBy, none);
    }
}
