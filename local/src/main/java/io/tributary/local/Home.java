package io.tributary.local;

import java.nio.file.Path;
import java.util.Map;

/**
 * The folders that the launcher works with.
 *
 * @param root the repository: programs are taken from its modules' {@code target} folders
 * @param folder where the system keeps its logs, data and process ids; two of them are two systems
 */
public record Home(Path root, Path folder) {

    /** The variable that chooses the folder; relative ones are below the repository, and an empty one says nothing. */
    public static final String VARIABLE = "TRIBUTARY_HOME";

    private static final String USUAL = ".tributary";

    /** The one that the environment chooses, {@code .tributary} in the repository by default. */
    public static Home of(Path root, Map<String, String> environment) {
        Path absolute = root.toAbsolutePath().normalize();
        String chosen = environment.getOrDefault(VARIABLE, "");
        return new Home(
                absolute, absolute.resolve(chosen.isEmpty() ? USUAL : chosen).normalize());
    }

    public Path log(String part) {
        return folder.resolve("logs").resolve(part + ".log");
    }

    public Path data(String part) {
        return folder.resolve("data").resolve(part);
    }

    /** Programs unpacked for a quick start; may be deleted while nothing runs. */
    public Path programs() {
        return folder.resolve("programs");
    }

    public Path pids() {
        return folder.resolve("pids");
    }

    public Path lock() {
        return folder.resolve("lock");
    }
}
