package io.tributary.local.part;

import io.tributary.servers.Jvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A service's executable jar, unpacked: it starts faster than the jar of jars, and a new build does not pull the
 * classes from under a service that runs.
 *
 * @param source the executable jar
 * @param folder where it is unpacked, in a folder for each version of it
 */
record Program(Path source, Path folder) {

    /** What to run. */
    Path jar() {
        return folder.resolve(version()).resolve(source.getFileName());
    }

    /** Unpacks this version if it is not there. */
    void unpack() throws IOException, InterruptedException {
        if (!Files.exists(source)) {
            throw new IOException(source + " is not there: ./mvnw -DskipTests package builds it");
        }
        if (Files.exists(jar())) {
            return;
        }
        Path unfinished = folder.resolve("unfinished");
        Folders.delete(folder);
        Files.createDirectories(folder);
        List<String> command = Jvm.command(
                Jvm.SMALL,
                "-Djarmode=tools",
                "-jar",
                source.toString(),
                "extract",
                "--destination",
                unfinished.toString());
        Process tools = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(tools.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (tools.waitFor() != 0) {
            throw new IOException(source + " cannot be unpacked: " + output.strip());
        }
        Files.move(unfinished, folder.resolve(version()));
    }

    private String version() {
        try {
            return Files.getLastModifiedTime(source).toMillis() + "-" + Files.size(source);
        } catch (IOException e) {
            return "missing";
        }
    }
}
