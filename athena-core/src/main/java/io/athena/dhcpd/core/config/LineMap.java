package io.athena.dhcpd.core.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lines of a file's keys, in the shape of its tables: children by key, elements by position. */
final class LineMap {

    private final int line;
    private final Map<String, LineMap> children = new HashMap<>();
    private final List<LineMap> elements = new ArrayList<>();

    LineMap(int line) {
        this.line = line;
    }

    int line() {
        return line;
    }

    /** The place of a key; the place of this table itself when the key is not known. */
    LineMap child(String key) {
        @Nullable LineMap child = children.get(key);
        return child == null ? this : child;
    }

    /** The place of an element; the place of the list itself when it is not known. */
    LineMap element(int index) {
        return index < elements.size() ? elements.get(index) : this;
    }

    LineMap addElement(int at) {
        LineMap element = new LineMap(at);
        elements.add(element);
        return element;
    }

    /** The child of a key, made on this line when it is new. */
    LineMap childAt(String key, int at) {
        return children.computeIfAbsent(key, k -> new LineMap(at));
    }

    /** Where the keys below a header go: the newest element of an array of tables, else the table itself. */
    LineMap newest() {
        return elements.isEmpty() ? this : elements.get(elements.size() - 1);
    }
}
