package io.tributary.promql.rule.unittest;

import com.google.re2j.Pattern;
import io.tributary.promql.Features;
import io.tributary.promql.rule.file.FilePattern;
import io.tributary.promql.rule.file.RuleFileOptions;
import io.tributary.promql.rule.unittest.UnitTestFile.TestGroup;
import io.tributary.promql.rule.yaml.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs unit-test files, with the verdicts of {@code promtool test rules}. */
public final class UnitTests {

    private final Features features;
    private final boolean ignoreUnknownFields;
    private final Pattern selected;

    /**
     * @param features experimental parts of PromQL that rules and tests may use
     * @param ignoreUnknownFields whether rule files may have fields that no rule file has
     * @param selected regular expressions of which one must be found in the name of a test group that is to run; none:
     *     all run
     * @throws com.google.re2j.PatternSyntaxException if one of them is none
     */
    public UnitTests(Features features, boolean ignoreUnknownFields, List<String> selected) {
        this.features = features;
        this.ignoreUnknownFields = ignoreUnknownFields;
        this.selected = Pattern.compile(String.join("|", selected));
    }

    /** Runs the tests of a file. */
    public FileResult run(Path file) {
        var problems = new ArrayList<String>();
        var warnings = new ArrayList<String>();
        var ruleFiles = new ArrayList<Path>();
        var tests = new ArrayList<TestResult>();
        try {
            var reader = new UnitTestFileReader((place, reason) -> problems.add(problem(file, place, reason)));
            UnitTestFile content = reader.read(Files.readString(file));
            for (String pattern : content.ruleFiles()) {
                Path folder = file.toAbsolutePath().getParent();
                List<Path> found = new FilePattern(pattern).resolve(folder);
                if (found.isEmpty()) {
                    warnings.add("no file match pattern " + pattern);
                }
                ruleFiles.addAll(found);
            }
            if (problems.isEmpty()) {
                run(content, ruleFiles, tests);
            }
        } catch (NoSuchFileException e) {
            problems.add(e.getMessage() + ": no such file");
        } catch (IOException | IllegalArgumentException e) {
            problems.add(file + ": " + e.getMessage());
        }
        return new FileResult(file, warnings, problems, tests);
    }

    private void run(UnitTestFile content, List<Path> ruleFiles, List<TestResult> results) {
        for (int i = 0; i < content.tests().size(); i++) {
            TestGroup test = content.tests().get(i);
            if (selected.matcher(test.name()).find()) {
                String name = test.name().isEmpty() ? "unnamed#" + i : test.name();
                var options = RuleFileOptions.DEFAULT
                        .withFeatures(features)
                        .withInterval(test.interval())
                        .withIgnoreUnknownFields(ignoreUnknownFields);
                results.add(new TestResult(name, new TestRun(content, test, options, ruleFiles).failures()));
            }
        }
    }

    private static String problem(Path file, Place place, String reason) {
        return file + (place.equals(Place.FILE) ? "" : ":" + place) + ": " + reason;
    }
}
