package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.app.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads dnsmasq.conf with the files and folders that it names. */
final class DnsmasqFiles {

    private static final int MAX_DEPTH = 16;

    private final List<DnsmasqLine> lines = new ArrayList<>();

    private DnsmasqFiles() {}

    /** All lines in the order in which dnsmasq reads them. */
    static List<DnsmasqLine> read(Path file) throws CommandFailure {
        DnsmasqFiles files = new DnsmasqFiles();
        files.configuration(file, SourceText.read(file), 0);
        return files.lines;
    }

    private void configuration(Path file, String text, int depth) throws CommandFailure {
        int number = 0;
        for (String written : text.lines().toList()) {
            number++;
            String line = withoutComment(SourceText.utf8(written)).strip();
            if (line.isEmpty()) {
                continue;
            }
            Place place = new Place(file, number);
            int equals = line.indexOf('=');
            String key = (equals < 0 ? line : line.substring(0, equals)).strip();
            if (!key.matches("[a-z0-9][a-z0-9-]*")) {
                throw place.broken("'" + line + "' is no line of a dnsmasq configuration.");
            }
            add(place, key, equals < 0 ? "" : line.substring(equals + 1).strip(), depth);
        }
    }

    private void add(Place place, String key, String value, int depth) throws CommandFailure {
        if (depth > MAX_DEPTH) {
            throw place.broken("files include each other without end.");
        }
        switch (key) {
            case "conf-file" -> include(SourceText.included(place, value), depth);
            case "conf-dir" -> folder(place, value, depth);
            case "dhcp-hostsfile" -> values(place, value, "dhcp-host");
            case "dhcp-optsfile" -> values(place, value, "dhcp-option");
            case "read-ethers" -> ethers(place);
            default -> lines.add(DnsmasqLine.of(place, key, value));
        }
    }

    private void include(Path file, int depth) throws CommandFailure {
        configuration(file, SourceText.readAny(file), depth + 1);
    }

    /** {@code conf-dir=/etc/dnsmasq.d/,*.conf} reads these endings, without a star all but these. */
    private void folder(Place place, String value, int depth) throws CommandFailure {
        String[] parts = value.split(",");
        List<Path> files;
        try (Stream<Path> all = Files.list(SourceText.included(place, parts[0].replaceFirst("/+$", "")))) {
            files = all.filter(Files::isRegularFile)
                    .filter(file -> isRead(file.getFileName().toString(), parts))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw place.broken("the folder " + parts[0] + " cannot be read: " + e + ".");
        }
        for (Path file : files) {
            include(file, depth);
        }
    }

    private static boolean isRead(String name, String[] parts) {
        if (name.endsWith("~") || name.startsWith(".") || name.startsWith("#") && name.endsWith("#")) {
            return false;
        }
        List<String> endings = List.of(parts).subList(1, parts.length);
        if (endings.stream().anyMatch(ending -> !ending.startsWith("*") && name.endsWith(ending))) {
            return false;
        }
        List<String> wanted =
                endings.stream().filter(ending -> ending.startsWith("*")).toList();
        return wanted.isEmpty() || wanted.stream().anyMatch(ending -> name.endsWith(ending.substring(1)));
    }

    private void values(Place place, String value, String key) throws CommandFailure {
        Path file = SourceText.included(place, value);
        int number = 0;
        for (String line : SourceText.readAny(file).lines().toList()) {
            number++;
            String bare = withoutComment(SourceText.utf8(line)).strip();
            if (!bare.isEmpty()) {
                lines.add(DnsmasqLine.of(new Place(file, number), key, bare));
            }
        }
    }

    /** {@code /etc/ethers}: a MAC and an address or name on each line. */
    private void ethers(Place place) throws CommandFailure {
        Path file = SourceText.included(place, "/etc/ethers");
        int number = 0;
        for (String line : SourceText.readAny(file).lines().toList()) {
            number++;
            String[] words = withoutComment(line).strip().split("\\s+");
            if (words.length == 2) {
                lines.add(DnsmasqLine.of(new Place(file, number), "dhcp-host", words[0] + "," + words[1]));
            }
        }
    }

    private static String withoutComment(String line) {
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            boolean escaped = quoted && i > 0 && line.charAt(i - 1) == '\\';
            quoted ^= line.charAt(i) == '"' && !escaped;
            boolean apart = i == 0 || Character.isWhitespace(line.charAt(i - 1));
            if (!quoted && apart && line.charAt(i) == '#') {
                return line.substring(0, i);
            }
        }
        return line;
    }
}
