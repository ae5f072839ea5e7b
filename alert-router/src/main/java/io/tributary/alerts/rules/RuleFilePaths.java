package io.tributary.alerts.rules;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The files that patterns name.
 *
 * @param patterns paths, of which the last part may hold {@code *}, {@code ?}, <code>{a,b}</code> and {@code [a-z]}; a
 *     pattern may match nothing, a plain path must exist
 */
record RuleFilePaths(List<String> patterns) {
    /** The files, in the order of their names; {@link IOException} if a folder cannot be listed. */
    List<Path> find() throws IOException {
        NavigableSet<Path> files = new TreeSet<>();
        for (String pattern : patterns) {
            if (pattern.chars().noneMatch(each -> "*?[{".indexOf(each) >= 0)) {
                files.add(Path.of(pattern));
                continue;
            }
            int slash = pattern.lastIndexOf('/');
            Path folder = Path.of(slash < 0 ? "." : pattern.substring(0, slash + 1));
            PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern.substring(slash + 1));
            try (Stream<Path> all = Files.list(folder)) {
                all.filter(each -> Files.isRegularFile(each) && matcher.matches(each.getFileName()))
                        .forEach(files::add);
            }
        }
        return List.copyOf(files);
    }
}
