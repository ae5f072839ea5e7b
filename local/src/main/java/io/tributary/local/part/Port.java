package io.tributary.local.part;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A port of the system: its usual number, and the variable of the environment that gives it another. */
public enum Port {
    OTLP_GRPC(4317),
    OTLP_HTTP(4318),
    KAFKA(9092),
    KAFKA_CONTROLLER(19_092),
    KAFKA_2(9094),
    KAFKA_2_CONTROLLER(19_094),
    KAFKA_3(9095),
    KAFKA_3_CONTROLLER(19_095),
    REGISTRY(8081),
    CONNECT(8083),
    ELASTICSEARCH(9200),
    ELASTICSEARCH_TRANSPORT(9300),
    QUESTDB(9000),
    ALERT_ROUTER(9093),
    INGEST_GATEWAY_MANAGEMENT(8101),
    LOG_INDEXER_MANAGEMENT(8102),
    METRICS_AGGREGATOR_MANAGEMENT(8103),
    TRACE_ASSEMBLER_MANAGEMENT(8104),
    ALERT_ROUTER_MANAGEMENT(8105);

    private static final int HIGHEST = 65_535;

    private final int usual;

    Port(int usual) {
        this.usual = usual;
    }

    public int usual() {
        return usual;
    }

    /** {@code TRIBUTARY_<NAME>_PORT}. */
    public String variable() {
        return "TRIBUTARY_" + name() + "_PORT";
    }

    /**
     * The numbers that the environment asks for.
     *
     * @throws IllegalArgumentException naming every variable that is not a port, and every port that is given twice
     */
    public static Map<Port, Integer> in(Map<String, String> environment) {
        List<String> problems = Arrays.stream(values())
                .flatMap(port -> port.problem(environment).stream())
                .collect(Collectors.toList());
        var numbers = new EnumMap<Port, Integer>(Port.class);
        if (problems.isEmpty()) {
            for (Port port : values()) {
                numbers.put(port, port.number(environment));
            }
            problems.addAll(twice(numbers));
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        return numbers;
    }

    private int number(Map<String, String> environment) {
        String value = environment.get(variable());
        return value == null ? usual : Integer.parseInt(value.strip());
    }

    private Optional<String> problem(Map<String, String> environment) {
        String value = environment.get(variable());
        if (value == null || (value.strip().matches("[0-9]{1,5}") && isPort(Integer.parseInt(value.strip())))) {
            return Optional.empty();
        }
        return Optional.of(variable() + ": " + value + " (expected: a port, 1 to " + HIGHEST + ")");
    }

    private static boolean isPort(int number) {
        return number >= 1 && number <= HIGHEST;
    }

    private static List<String> twice(Map<Port, Integer> numbers) {
        return numbers.entrySet().stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getValue, Collectors.mapping(e -> e.getKey().variable(), Collectors.toList())))
                .entrySet()
                .stream()
                .filter(group -> group.getValue().size() > 1)
                .map(group -> String.join(", ", group.getValue()) + ": all " + group.getKey()
                        + " (expected: a port for each)")
                .toList();
    }
}
