package io.athena.dhcpd.app.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The source files of all modules, and the classes in them by their names. */
final class SourceTree {

    private static final Pattern TEXT = Pattern.compile(".+\\.(java|md|proto|sh|toml|xml)");
    private static final Pattern MERGE_MARK = Pattern.compile("(?m)^[\\s*#/]*(<{7}|>{7}) ");

    private final List<Path> texts = new ArrayList<>();
    private final Map<String, Path> main = new TreeMap<>();
    private final Map<String, Path> tests = new TreeMap<>();

    SourceTree(Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = String.valueOf(folder.getFileName());
                boolean skipped = name.equals("target") || (name.startsWith(".") && !folder.equals(root));
                return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = file.getFileName().toString();
                if (TEXT.matcher(name).matches()) {
                    texts.add(file);
                }
                if (name.endsWith(".java")) {
                    String path = root.relativize(file).toString();
                    (path.contains("src/test") ? tests : main).put(name.substring(0, name.length() - 5), file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** The files in which a merge was not finished. */
    List<Path> unmerged() {
        return texts.stream()
                .filter(file -> MERGE_MARK.matcher(text(file)).find())
                .toList();
    }

    /** Whether a class, or a member of one written {@code Class#method} or {@code Class.Nested}, exists. */
    boolean has(String name) {
        return in(main, name) || in(tests, name);
    }

    boolean isMain(String name) {
        return in(main, name);
    }

    boolean isTest(String name) {
        return in(tests, name);
    }

    private static boolean in(Map<String, Path> sources, String name) {
        String[] parts = name.split("[#.]", 2);
        @Nullable Path file = sources.get(parts[0]);
        if (file == null) {
            return false;
        }
        return parts.length == 1
                || text(file)
                        .matches("(?s).*\\b" + parts[1].replace("()", "") + (name.contains("#") ? "\\(.*" : "\\b.*"));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
