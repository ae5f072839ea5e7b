package io.tributary.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Another user than root, for a server that refuses to run as root.
 *
 * @param prefix the words before a command that make it that user's
 * @param owner the number of the user that the server's files must belong to
 */
public record Account(List<String> prefix, int owner) {

    private static final int NOBODY = 65_534;

    public Account {
        prefix = List.copyOf(prefix);
    }

    /**
     * The account for a server of this process; empty if this process is not root's: then there is nothing to give up.
     *
     * @param entered folders that the server must be able to reach
     */
    static Optional<Account> insteadOfRoot(Path... entered) {
        return "root".equals(System.getProperty("user.name")) ? Optional.of(reaching(entered)) : Optional.empty();
    }

    /**
     * {@code nobody}, or, if a folder lies below one that only root may enter (a home folder, say), root under another
     * number: in a user namespace, which has root's files but none of root's powers.
     */
    static Account reaching(Path... entered) {
        return Stream.of(entered).allMatch(Account::isOpenToAll)
                ? new Account(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"), NOBODY)
                : new Account(List.of("unshare", "--user", "--map-user=" + NOBODY, "--map-group=" + NOBODY), 0);
    }

    List<String> command(List<String> command) {
        var whole = new ArrayList<>(prefix);
        whole.addAll(command);
        return whole;
    }

    /** Gives the folder and all in it to this account. */
    void own(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                Files.setAttribute(path, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(path, "unix:gid", owner, LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    private static boolean isOpenToAll(Path folder) {
        try {
            Path existing = folder.toAbsolutePath();
            while (!Files.exists(existing)) {
                existing = existing.getParent();
            }
            for (Path path = existing.toRealPath(); path != null; path = path.getParent()) {
                if (!Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
