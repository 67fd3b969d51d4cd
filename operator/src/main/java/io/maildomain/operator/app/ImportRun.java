package io.maildomain.operator.app;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** One import: domain after domain, each written before the next is read. */
final class ImportRun {

    private final ZoneReader reader;
    private final ManifestChoice choice;
    private final ImportTarget target;
    private final Scope scope;
    private final BiFunction<CloudflareException, String, String> explaining;
    private final Told told;
    private final List<Exported> imported = new ArrayList<>();

    /** Whose files are there and say something else than what would be written now. */
    private final List<Exported> edited = new ArrayList<>();

    /**
     * Which domains are read.
     *
     * @param unused also zones that Email Routing was never used in
     * @param writtenEarlier also those whose files are there, which stay as they are
     */
    record Scope(boolean unused, boolean writtenEarlier) {}

    /** Who is told what became of each domain, as soon as that is known. */
    interface Told {

        /** @param done so many are, with this one */
        void of(Line line, int done, int all);
    }

    /** @param explaining says what went wrong with a domain */
    ImportRun(
            ZoneReader reader,
            ManifestChoice choice,
            ImportTarget target,
            Scope scope,
            BiFunction<CloudflareException, String, String> explaining,
            Told told) {
        this.reader = reader;
        this.choice = choice;
        this.target = target;
        this.scope = scope;
        this.explaining = explaining;
        this.told = told;
    }

    ImportReport run(List<Search> searches) {
        List<Line> lines = new ArrayList<>();
        for (Search search : searches) {
            Line line = one(search);
            lines.add(line);
            told.of(line, lines.size(), searches.size());
        }
        return new ImportReport(lines);
    }

    /**
     * By the domain and nothing else, so that a later run, for whichever domains, finds the same file: with dashes for its dots, or as it is
     * where it has dashes of its own. No two domains have one name.
     */
    private static String nameOf(String domain) {
        return domain.contains("-") ? domain : domain.replace('.', '-');
    }

    private Line one(Search search) {
        if (search instanceof Search.None none) {
            return Line.of(none.domain(), Outcome.Unsupported, none.why());
        }
        Zone zone = ((Search.Found) search).zone();
        String name = nameOf(zone.name());
        String file = name + ".yaml";
        if (target.isTaken(file, zone.name())) {
            String why = file + " is there, and has no MailDomain for " + zone.name() + ": take it away from there";
            return Line.of(zone.name(), Outcome.Failed, why);
        }
        boolean there = target.has(file);
        if (there && !scope.writtenEarlier()) {
            return Line.of(zone.name(), Outcome.Skipped, "");
        }
        try {
            Exported exported = reader.read(zone, choice, name);
            if (there) {
                (target.says(file, ManifestText.of(exported)) ? imported : edited).add(exported);
                return Line.of(zone.name(), Outcome.Skipped, "");
            }
            return written(file, exported);
        } catch (CloudflareException e) {
            boolean denied =
                    e.refused().filter(refused -> refused.status() == 403).isPresent();
            return Line.of(zone.name(), denied ? Outcome.Denied : Outcome.Failed, explaining.apply(e, zone.name()));
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

    /** @param state what {@code terraform show -json} printed */
    String removedFromTerraform(JsonNode state) {
        return TerraformState.removed(state, imported, edited);
    }
}
