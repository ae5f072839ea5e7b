package io.tributary.local.ledger;

import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The balance as JSON for machines: {@code balanced}, {@code unexplained}, {@code signals} and {@code differences},
 * with the names of {@link SignalBalance}, {@link EntryBalance}, {@link StageBalance} and {@link Difference} in snake
 * case.
 */
final class LedgerJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private LedgerJson() {}

    static String of(LedgerBalance balance) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("balanced", balance.balanced());
        root.put("unexplained", balance.unexplained());
        ArrayNode signals = root.putArray("signals");
        balance.signals().forEach(signal -> signals.add(signal(signal)));
        root.set("differences", MAPPER.valueToTree(balance.differences()));
        return root.toString();
    }

    private static ObjectNode signal(SignalBalance signal) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("signal", signal.signal());
        node.put("accepted", signal.accepted());
        node.put("in_topic", signal.inTopic());
        node.put("in_flight", signal.inFlight());
        node.put("unexplained", signal.unexplained());
        node.set("entries", MAPPER.valueToTree(signal.entries()));
        node.set("stages", MAPPER.valueToTree(signal.stages()));
        return node;
    }
}
