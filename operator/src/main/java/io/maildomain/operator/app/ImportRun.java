package io.maildomain.operator.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.maildomain.operator.app.ImportReport.Line;
import io.maildomain.operator.app.ImportReport.Outcome;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.Zone;
import io.maildomain.operator.controller.offline.ManifestText;
import io.maildomain.operator.controller.offline.TerraformState;
import io.maildomain.operator.controller.offline.ZoneReader;
import io.maildomain.operator.controller.offline.ZoneReader.Search;
import io.maildomain.operator.controller.offline.plan.Exported;
import io.maildomain.operator.controller.offline.plan.ManifestChoice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One import: domain after domain, each written before the next is read. */
final class ImportRun {

    private final ZoneReader reader;
    private final ManifestChoice choice;
    private final ImportTarget target;
    private final Scope scope;
    private final BiFunction<CloudflareException, String, String> explaining;
    private final Consumer<String> told;
    private final List<Exported> imported = new ArrayList<>();

    /**
     * Which domains are read.
     *
     * @param unused also zones that Email Routing was never used in
     * @param writtenEarlier also those whose files are there, which stay as they are
     */
    record Scope(boolean unused, boolean writtenEarlier) {}

    /**
     * @param explaining says what went wrong with a domain
     * @param told is told of each domain in a line
     */
    ImportRun(
            ZoneReader reader,
            ManifestChoice choice,
            ImportTarget target,
            Scope scope,
            BiFunction<CloudflareException, String, String> explaining,
            Consumer<String> told) {
        this.reader = reader;
        this.choice = choice;
        this.target = target;
        this.scope = scope;
        this.explaining = explaining;
        this.told = told;
    }

    ImportReport run(List<Search> searches) {
        Map<String, Long> names = searches.stream()
                .collect(Collectors.groupingBy(search -> dashed(domainOf(search)), Collectors.counting()));
        Function<String, String> naming =
                domain -> names.getOrDefault(dashed(domain), 1L) > 1 ? domain : dashed(domain);
        List<Line> lines = new ArrayList<>();
        for (Search search : searches) {
            Line line = one(search, naming);
            lines.add(line);
            told.accept("[%d/%d] %s".formatted(lines.size(), searches.size(), line.describe()));
        }
        return new ImportReport(lines);
    }

    /** Two domains can have one name with dashes: these are named with their dots. */
    private static String dashed(String domain) {
        return domain.replace('.', '-');
    }

    private static String domainOf(Search search) {
        return search instanceof Search.Found found ? found.zone().name() : ((Search.None) search).domain();
    }

    private Line one(Search search, Function<String, String> naming) {
        if (search instanceof Search.None none) {
            return Line.of(none.domain(), Outcome.Unsupported, none.why());
        }
        Zone zone = ((Search.Found) search).zone();
        String name = naming.apply(zone.name());
        String file = name + ".yaml";
        boolean there = target.has(file);
        if (there && !scope.writtenEarlier()) {
            return Line.of(zone.name(), Outcome.Skipped, "");
        }
        try {
            Exported exported = reader.read(zone, choice, name);
            if (there) {
                imported.add(exported);
                return Line.of(zone.name(), Outcome.Skipped, "");
            }
            return written(file, exported);
        } catch (CloudflareException e) {
            return Line.of(zone.name(), Outcome.Failed, explaining.apply(e, zone.name()));
        }
    }

    private Line written(String file, Exported exported) {
        String domain = exported.domain().getSpec().domain();
        if (!scope.unused() && exported.isUnused()) {
            return Line.of(domain, Outcome.Unused, "");
        }
        target.write(file, ManifestText.of(exported));
        imported.add(exported);
        return new Line(
                domain,
                exported.manages() ? Outcome.Managed : Outcome.Observed,
                file,
                exported.domain().getSpec().rules().size(),
                exported.catchAll().isPresent(),
                exported.left().stream()
                        .map(left -> left.what() + ": " + left.why())
                        .toList(),
                exported.pending(),
                "");
    }

    /** @param state the file that {@code terraform show -json} printed */
    String removedFromTerraform(Path state) {
        try {
            return TerraformState.removed(new ObjectMapper().readTree(state.toFile()), imported);
        } catch (IOException unreadable) {
            throw new StartFailure(state + " is not what terraform show -json prints", unreadable);
        }
    }
}
