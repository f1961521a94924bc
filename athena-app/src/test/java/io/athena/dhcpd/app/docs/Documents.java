package io.athena.dhcpd.app.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The documents of the repository, read line by line. */
final class Documents {

    /** A name between backticks, and where it stands. */
    record Mention(Path document, int line, String name) {
        String place() {
            return document + ":" + line + ": `" + name + "`";
        }
    }

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

    private Documents() {}

    /** The folder that all documents' paths start from. */
    static Path root() {
        return ROOT;
    }

    static List<String> lines(String document) throws IOException {
        return Files.readAllLines(ROOT.resolve(document));
    }

    /** Every name between backticks in every document, code blocks left out. */
    static List<Mention> mentions() throws IOException {
        List<Mention> mentions = new ArrayList<>();
        for (Path document : all()) {
            boolean inCode = false;
            int number = 0;
            for (String line : Files.readAllLines(document)) {
                number++;
                inCode ^= line.startsWith("```");
                Matcher quoted = QUOTED.matcher(line);
                while (!inCode && !line.startsWith("    ") && quoted.find()) {
                    mentions.add(new Mention(ROOT.relativize(document), number, quoted.group(1)));
                }
            }
        }
        return mentions;
    }

    /** Lines with an odd number of backticks: the name that starts there would not be looked at. */
    static List<String> linesWithAnOpenName() throws IOException {
        List<String> open = new ArrayList<>();
        for (Path document : all()) {
            int number = 0;
            for (String line : Files.readAllLines(document)) {
                number++;
                if (line.chars().filter(c -> c == '`').count() % 2 != 0 && !line.startsWith("```")) {
                    open.add(ROOT.relativize(document) + ":" + number);
                }
            }
        }
        return open;
    }

    /** Headings that a document has twice, as a careless merge leaves them. */
    static List<String> headingsTwice() throws IOException {
        List<String> twice = new ArrayList<>();
        for (Path document : all()) {
            Set<String> seen = new HashSet<>();
            boolean inCode = false;
            for (String line : Files.readAllLines(document)) {
                inCode ^= line.startsWith("```");
                if (!inCode && line.startsWith("#") && !seen.add(line)) {
                    twice.add(ROOT.relativize(document) + ": " + line);
                }
            }
        }
        return twice;
    }

    /** Links of the form {@code [text](target)} that point into the repository. */
    static List<Mention> links() throws IOException {
        Pattern link = Pattern.compile("]\\((?!https?:|#)([^)#]+)(?:#[^)]*)?\\)");
        List<Mention> links = new ArrayList<>();
        for (Path document : all()) {
            int number = 0;
            for (String line : Files.readAllLines(document)) {
                number++;
                Matcher matcher = link.matcher(line);
                while (matcher.find()) {
                    links.add(new Mention(ROOT.relativize(document), number, matcher.group(1)));
                }
            }
        }
        return links;
    }

    /** The text of every code block marked as TOML. */
    static List<String> tomlBlocks() throws IOException {
        Pattern block = Pattern.compile("(?s)```toml\n(.*?)```");
        List<String> blocks = new ArrayList<>();
        for (Path document : all()) {
            Matcher matcher = block.matcher(Files.readString(document));
            while (matcher.find()) {
                blocks.add(matcher.group(1));
            }
        }
        return blocks;
    }

    /** The cells of each row of the tables in a document, headings and rules left out. */
    static List<List<String>> rows(String document) throws IOException {
        return lines(document).stream()
                .filter(line -> line.startsWith("| `") || line.startsWith("| [") || line.matches("\\| \\d.*"))
                .map(line -> Stream.of(line.substring(1).split("\\|", -1))
                        .map(String::strip)
                        .toList())
                .map(cells -> cells.subList(0, cells.size() - 1))
                .toList();
    }

    private static List<Path> all() throws IOException {
        try (Stream<Path> below = Files.walk(ROOT.resolve("docs"))) {
            List<Path> documents =
                    new ArrayList<>(below.filter(path -> path.toString().endsWith(".md"))
                            .sorted()
                            .toList());
            for (String name : List.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "lab/README.md")) {
                documents.add(ROOT.resolve(name));
            }
            return documents;
        }
    }
}
