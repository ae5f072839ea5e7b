package io.tributary.promql.rule.file;

import io.tributary.promql.rule.RuleGroup;
import io.tributary.promql.rule.yaml.Place;
import io.tributary.promql.rule.yaml.YamlDocument;
import io.tributary.promql.rule.yaml.YamlFields;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;

/**
 * Reads rule files, and says all that is wrong with them at once, in Prometheus's words where it has some. Prometheus:
 * configuration, "Recording rules". A second document in a file is refused: its rules would be lost.
 */
public final class RuleFiles {

    private static final List<String> FIELDS = List.of("groups");

    private final RuleFileOptions options;

    public RuleFiles(RuleFileOptions options) {
        this.options = options;
    }

    /**
     * The groups of all files, in their order.
     *
     * @throws RuleFileException with the problems of all files
     */
    public List<RuleGroup> read(List<Path> files) {
        var problems = new ArrayList<Problem>();
        var groups = new ArrayList<RuleGroup>();
        for (Path file : files) {
            try {
                List<Problem> ofFile = new ArrayList<>();
                groups.addAll(groups(file.toString(), Files.readString(file), ofFile));
                problems.addAll(inOrder(ofFile));
            } catch (IOException e) {
                problems.add(new Problem(file.toString(), Place.FILE, "", unreadable(e)));
            }
        }
        return sound(groups, problems);
    }

    /**
     * The groups of one file.
     *
     * @param file its name
     * @param text its content
     * @throws RuleFileException with the problems of the file
     */
    public List<RuleGroup> read(String file, String text) {
        var problems = new ArrayList<Problem>();
        List<RuleGroup> groups = groups(file, text, problems);
        return sound(groups, inOrder(problems));
    }

    private List<RuleGroup> groups(String file, String text, List<Problem> problems) {
        var groups = new ArrayList<RuleGroup>();
        YamlDocument.read(text, (place, reason) -> problems.add(new Problem(file, place, "", reason)))
                .ifPresent(root -> {
                    YamlFields fields = root.fields();
                    if (!options.ignoreUnknownFields()) {
                        fields.allow(FIELDS);
                    }
                    var names = new HashSet<String>();
                    fields.get("groups").stream()
                            .flatMap(list -> list.list().stream())
                            .forEach(group -> groups.add(new GroupReader(file, options, names, problems).read(group)));
                });
        return groups;
    }

    private static List<RuleGroup> sound(List<RuleGroup> groups, List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new RuleFileException(problems);
        }
        return groups;
    }

    private static List<Problem> inOrder(List<Problem> problems) {
        return problems.stream().sorted(Comparator.comparing(Problem::place)).toList();
    }

    private static String unreadable(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "no such file";
            case MalformedInputException malformed -> "cannot be read (expected: " + StandardCharsets.UTF_8 + ")";
            default -> "cannot be read: " + e.getMessage();
        };
    }
}
