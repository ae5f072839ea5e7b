package io.tributary.k8s.model;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.Map;

/** Kubernetes' label selectors. */
public final class Selectors {
    private Selectors() {}

    /** Whether the labels satisfy the selector; an empty selector takes everything, none takes nothing. */
    public static boolean matches(LabelSelector selector, Map<String, String> labels) {
        return selector != null
                && (selector.getMatchLabels() == null || matches(selector.getMatchLabels(), labels))
                && selector.getMatchExpressions().stream().allMatch(each -> matches(each, labels));
    }

    /** Whether the labels hold all of the others. */
    public static boolean matches(Map<String, String> wanted, Map<String, String> labels) {
        return labels != null && labels.entrySet().containsAll(wanted.entrySet());
    }

    private static boolean matches(LabelSelectorRequirement requirement, Map<String, String> labels) {
        String value = labels.get(requirement.getKey());
        return switch (requirement.getOperator()) {
            case "In" -> value != null && requirement.getValues().contains(value);
            case "NotIn" -> value == null || !requirement.getValues().contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> throw new IllegalArgumentException("operator: " + requirement.getOperator());
        };
    }
}
