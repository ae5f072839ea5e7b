package io.tributary.promql.rule.file;

import com.google.re2j.Pattern;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A path with wildcards, as {@code rule_files} has them: {@code *} for any text within a name, {@code ?} for a
 * character, {@code [a-z]} for one of several, and a backslash before what means itself. Go: path/filepath, "Match".
 *
 * @param pattern absolute, or below a folder that is told when it is resolved
 */
public record FilePattern(String pattern) {

    private static final Pattern WILDCARD = Pattern.compile("[*?\\[\\\\]");

    /**
     * The files and folders that match, sorted; none if nothing does.
     *
     * @param folder that relative patterns begin at
     * @throws IllegalArgumentException if the pattern is none
     * @throws IOException if a folder cannot be read
     */
    public List<Path> resolve(Path folder) throws IOException {
        boolean absolute = pattern.startsWith("/");
        List<Path> found = List.of(absolute ? Path.of("/") : folder);
        for (String name : pattern.split("/", -1)) {
            if (!name.isEmpty()) {
                found = below(found, name);
            }
        }
        return found.stream().map(Path::normalize).toList();
    }

    private List<Path> below(List<Path> folders, String name) throws IOException {
        if (!WILDCARD.matcher(name).find()) {
            return folders.stream()
                    .map(folder -> folder.resolve(name))
                    .filter(Files::exists)
                    .toList();
        }
        Pattern regex = regex(name);
        try {
            return folders.stream()
                    .filter(Files::isDirectory)
                    .flatMap(FilePattern::children)
                    .filter(path -> regex.matches(path.getFileName().toString()))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Stream<Path> children(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Pattern regex(String name) {
        var regex = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                case '[' -> {
                    int end = name.indexOf(']', i + 1);
                    if (end < 0) {
                        throw new IllegalArgumentException("syntax error in pattern: " + pattern);
                    }
                    regex.append(name, i, end + 1);
                    i = end;
                }
                case '\\' -> {
                    i++;
                    regex.append(i < name.length() ? Pattern.quote(name.substring(i, i + 1)) : "");
                }
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
