package io.tributary.local.part;

import io.tributary.servers.Kafka;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * How many Kafka brokers run: one, or three with three copies of everything, of which one may be missing.
 *
 * @param count 1 or 3
 */
public record Brokers(int count) {
    /** The variable of the environment that tells the number; one if it is absent. */
    public static final String VARIABLE = "TRIBUTARY_KAFKA_BROKERS";

    private static final List<Port> CLIENTS = List.of(Port.KAFKA, Port.KAFKA_2, Port.KAFKA_3);
    private static final List<Port> CONTROLLERS =
            List.of(Port.KAFKA_CONTROLLER, Port.KAFKA_2_CONTROLLER, Port.KAFKA_3_CONTROLLER);

    /** As many as the environment asks for; {@link IllegalArgumentException} if that is neither 1 nor 3. */
    public static Brokers in(Map<String, String> environment) {
        String value = environment.getOrDefault(VARIABLE, "1").strip();
        if (!value.equals("1") && !value.equals("3")) {
            throw new IllegalArgumentException(VARIABLE + ": " + value + " (expected: 1 or 3)");
        }
        return new Brokers(Integer.parseInt(value));
    }

    /** The ports that clients know. */
    public List<Port> clients() {
        return CLIENTS.subList(0, count);
    }

    List<Kafka.Node> nodes(ToIntFunction<Port> number) {
        return IntStream.range(0, count)
                .mapToObj(node ->
                        new Kafka.Node(number.applyAsInt(CLIENTS.get(node)), number.applyAsInt(CONTROLLERS.get(node))))
                .toList();
    }
}
