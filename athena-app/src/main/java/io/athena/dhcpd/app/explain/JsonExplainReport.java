package io.athena.dhcpd.app.explain;

import io.athena.dhcpd.dhcp.explain.Explanation;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/** Everything as one object, when it is over. */
final class JsonExplainReport implements ExplainReport {

    private record Whole(List<String> notes, List<Explanation> explanations) {}

    private final PrintWriter out;
    private final List<String> notes = new ArrayList<>();
    private final List<Explanation> explanations = new ArrayList<>();

    JsonExplainReport(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void note(String text) {
        notes.add(text);
    }

    @Override
    public void explained(Explanation explanation) {
        explanations.add(explanation);
    }

    @Override
    public void end() {
        JsonMapper json = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
                .build();
        out.println(json.writerWithDefaultPrettyPrinter().writeValueAsString(new Whole(notes, explanations)));
        out.flush();
    }
}
