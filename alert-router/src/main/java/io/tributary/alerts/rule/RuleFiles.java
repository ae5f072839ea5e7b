package io.tributary.alerts.rule;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Duration;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The rule files of a service. */
public final class RuleFiles {
    private RuleFiles() {}

    /**
     * The rules of all files that the patterns name, in the order of the files.
     *
     * @param patterns paths, of which the last part may hold {@code *}, {@code ?}, <code>{a,b}</code> and
     *     {@code [a-z]}; a pattern may match nothing, a plain path must exist
     * @param defaultInterval how often a group is evaluated that does not say it
     * @throws RuleFileException with every problem of every file
     */
    public static List<AlertingRule> read(List<String> patterns, Duration defaultInterval) {
        RuleFileReader reader = new RuleFileReader(defaultInterval);
        NavigableSet<Path> files = new TreeSet<>();
        patterns.forEach(pattern -> find(pattern, files, reader));
        files.forEach(file -> read(file, reader));
        if (!reader.problems().isEmpty()) {
            throw new RuleFileException(reader.problems());
        }
        return List.copyOf(reader.rules());
    }

    private static void find(String pattern, NavigableSet<Path> files, RuleFileReader reader) {
        if (pattern.chars().noneMatch(each -> "*?[{".indexOf(each) >= 0)) {
            files.add(Path.of(pattern));
            return;
        }
        int slash = pattern.lastIndexOf('/');
        Path folder = Path.of(slash < 0 ? "." : pattern.substring(0, slash + 1));
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern.substring(slash + 1));
        if (!Files.isDirectory(folder)) {
            reader.note(pattern, "no such folder: " + folder);
            return;
        }
        try (Stream<Path> all = Files.list(folder)) {
            all.filter(each -> Files.isRegularFile(each) && matcher.matches(each.getFileName()))
                    .forEach(files::add);
        } catch (IOException e) {
            reader.note(pattern, "cannot be listed: " + e);
        }
    }

    private static void read(Path file, RuleFileReader reader) {
        try {
            reader.read(file.toString(), Files.readString(file));
        } catch (IOException e) {
            reader.note(file.toString(), "cannot be read: " + e);
        }
    }
}
