package io.tributary.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountTest {

    @Test
    void isNobodyWhereAllMayEnter() {
        Account account = Account.reaching(Path.of("/usr"), Path.of("/usr/not/there/yet"));
        assertThat(account.owner()).isEqualTo(65_534);
        assertThat(account.command(List.of("program", "argument")))
                .containsExactly("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "program", "argument");
    }

    @Test
    void isRootUnderAnotherNumberBelowAClosedFolder(@TempDir Path folder) throws Exception {
        Path closed = Files.createDirectory(
                folder.resolve("closed"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Account account = Account.reaching(Path.of("/usr"), closed.resolve("below/it"));
        assertThat(account.owner()).isZero();
        assertThat(account.command(List.of("program")))
                .containsExactly("unshare", "--user", "--map-user=65534", "--map-group=65534", "program");
    }
}
