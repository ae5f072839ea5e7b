package io.tributary.k8s.model;

import java.util.List;

/** How KEDA's triggers log in: {@code keda.sh/v1alpha1}, as far as it is used here. Any other field is unknown. */
@SuppressWarnings("serial")
public final class TriggerAuthentication extends CustomResource {
    public Spec spec;

    public record Spec(List<SecretTarget> secretTargetRef) {}

    public record SecretTarget(String parameter, String name, String key) {}
}
