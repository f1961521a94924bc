package io.athena.dhcpd.app.cli;

import io.athena.dhcpd.app.ExitCode;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCrypt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Makes a bcrypt hash for {@code password_hash}. */
@Command(
        name = "hash-password",
        mixinStandardHelpOptions = true,
        description = {
            "Reads a password and prints its bcrypt hash for password_hash in [[api.auth.users]].",
            "At a terminal the password is asked for twice and not shown; else it is the first line of standard input."
        })
public final class HashPasswordCommand implements Callable<Integer> {

    private static final int COST = 12;

    /** bcrypt looks at no more than this. */
    private static final int MAX_BYTES = 72;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Console console = System.console();
        String password = console == null ? firstLine() : ask(console);
        String refusal = refusal(password);
        if (refusal != null || password == null) {
            spec.commandLine().getErr().println(refusal);
            return ExitCode.FAILED;
        }
        spec.commandLine()
                .getOut()
                .println(BCrypt.hashpw(password.getBytes(StandardCharsets.UTF_8), BCrypt.gensalt("$2a", COST)));
        return ExitCode.OK;
    }

    private static @Nullable String refusal(@Nullable String password) {
        if (password == null) {
            return "The two passwords differ, or none was entered. Nothing was hashed.";
        }
        if (password.isEmpty()) {
            return "The password is empty. Enter at least one character.";
        }
        return password.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES
                ? "The password is longer than " + MAX_BYTES
                        + " bytes, and bcrypt ignores the rest. Choose a shorter one."
                : null;
    }

    private static @Nullable String ask(Console console) {
        char[] first = console.readPassword("Password: ");
        char[] second = console.readPassword("Once more: ");
        return first == null || second == null || !new String(first).equals(new String(second))
                ? null
                : new String(first);
    }

    private static @Nullable String firstLine() throws IOException {
        return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
    }
}
