package io.tributary.local.rules;

import io.tributary.local.command.FeatureFlag;
import io.tributary.promql.Features;
import io.tributary.promql.Features.Feature;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.Option;

/** Which experimental parts of PromQL rules may use. */
final class FeatureOptions {

    /** What adds to the language, and changes no expression that was valid before. */
    private static final Set<Feature> ADDITIONS = EnumSet.of(
            Feature.PROMQL_EXPERIMENTAL_FUNCTIONS,
            Feature.PROMQL_DURATION_EXPR,
            Feature.PROMQL_EXTENDED_RANGE_SELECTORS,
            Feature.PROMQL_BINOP_FILL_MODIFIERS);

    @Option(
            names = "--enable-feature",
            paramLabel = "NAME",
            split = ",",
            converter = FeatureFlag.class,
            description = "Experimental parts of PromQL that may be used; all that add to the language unless told.")
    private Set<Feature> chosen;

    Features allowed() {
        return new Features(chosen == null ? ADDITIONS : chosen);
    }

    /** Those of the allowed parts without which a text is wrong, by its test. */
    Set<Feature> needed(Test isSound) {
        var needed = EnumSet.noneOf(Feature.class);
        if (!isSound.with(Features.STABLE)) {
            for (Feature feature : allowed().enabled()) {
                Set<Feature> others = EnumSet.copyOf(allowed().enabled());
                others.remove(feature);
                if (!isSound.with(new Features(others))) {
                    needed.add(feature);
                }
            }
        }
        return needed;
    }

    /** Whether a text is sound where only some features may be used. */
    @FunctionalInterface
    interface Test {
        boolean with(Features features);
    }
}
