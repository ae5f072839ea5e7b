package io.tributary.local.rules;

import io.tributary.local.console.Console;
import io.tributary.promql.Features;
import io.tributary.promql.Features.Feature;
import io.tributary.promql.rule.Rule;
import io.tributary.promql.rule.RuleGroup;
import io.tributary.promql.rule.file.DuplicateRules;
import io.tributary.promql.rule.file.RuleFileException;
import io.tributary.promql.rule.file.RuleFileOptions;
import io.tributary.promql.rule.file.RuleFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tributary rules check}: whether rule files are sound, and all that is wrong where they are not. */
@Command(name = "check", description = "Checks rule files; exits 1 if one is not sound.")
final class CheckCommand implements Callable<Integer> {

    /** That of promtool for remarks that are told to be fatal. */
    private static final int REMARKED = 3;

    private final Console console;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Rule files.")
    private List<Path> files;

    @Option(names = "--lint-fatal", description = "Exits 3 if rules are repeated.")
    private boolean lintFatal;

    @Option(names = "--ignore-unknown-fields", description = "Passes over fields that no rule file has.")
    private boolean ignoreUnknownFields;

    @Mixin
    private FeatureOptions features;

    CheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        int failed = 0;
        boolean repeated = false;
        for (Path file : files) {
            console.line("Checking " + file);
            try {
                repeated |= tell(file, read(file, features.allowed()));
            } catch (RuleFileException e) {
                failed++;
                console.verdict(false, "  FAILED:");
                e.problems().forEach(problem -> console.line("    " + problem));
            }
            console.line("");
        }
        console.line((files.size() - failed) + " passed, " + failed + " failed");
        if (failed > 0) {
            return RulesCommand.FAILED;
        }
        return repeated && lintFatal ? REMARKED : RulesCommand.DONE;
    }

    private List<RuleGroup> read(Path file, Features allowed) {
        var options = RuleFileOptions.DEFAULT.withFeatures(allowed).withIgnoreUnknownFields(ignoreUnknownFields);
        return new RuleFiles(options).read(List.of(file));
    }

    /** Whether rules of the file are repeated. */
    private boolean tell(Path file, List<RuleGroup> groups) {
        int rules = groups.stream().mapToInt(group -> group.rules().size()).sum();
        console.verdict(true, "  SUCCESS: " + rules + " rules found");
        Set<Feature> needed = features.needed(some -> isSound(file, some));
        if (!needed.isEmpty()) {
            console.line("    experimental: rules of this file need "
                    + needed.stream().map(Feature::flag).collect(Collectors.joining(", ")));
        }
        List<Rule> duplicates = DuplicateRules.of(groups);
        duplicates.forEach(
                rule -> console.line(
                        "    repeated: " + rule.key()
                                + ": several rules have this name and these labels; where they give the same series, one of them counts"));
        return !duplicates.isEmpty();
    }

    private boolean isSound(Path file, Features allowed) {
        try {
            read(file, allowed);
            return true;
        } catch (RuleFileException e) {
            return false;
        }
    }
}
