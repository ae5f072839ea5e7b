package io.tributary.local.running;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.local.Home;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeLockTest {

    /** Another process that holds the lock until it is killed. */
    static final class Holder {

        private Holder() {}

        public static void main(String[] arguments) throws Exception {
            HomeLock.holding(Home.of(Path.of(arguments[0]), Map.of()), () -> {
                System.out.println("held");
                Thread.currentThread().join();
                return 0;
            });
        }
    }

    @Test
    void keepsAnotherProcessOutUntilItEnds(@TempDir Path root) throws Exception {
        Home home = Home.of(root, Map.of());
        Process holder = new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        root.toString()))
                .start();
        try (var output = holder.inputReader()) {
            assertThat(output.readLine()).isEqualTo("held");
            assertThat(HomeLock.holding(home, () -> 7)).isEmpty();
        } finally {
            holder.destroyForcibly();
        }
        holder.waitFor();
        assertThat(HomeLock.holding(home, () -> 7)).hasValue(7);
    }
}
