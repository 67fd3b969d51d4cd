package io.maildomain.operator.app;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.maildomain.operator.controller.offline.ManifestText;
import io.maildomain.operator.controller.offline.ZoneReader.Planning;
import io.maildomain.operator.controller.offline.plan.DomainPlan;
import io.maildomain.operator.controller.offline.plan.MailImpact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What {@code plan} prints. */
record PlanReport(List<Planning> domains) {

    private static final String RED = "\u001B[31m";
    private static final String YELLOW = "\u001B[33m";
    private static final String PLAIN = "\u001B[0m";

    /** GitHub takes 65,536 characters; a line on what is left out has to fit as well. */
    private static final int MOST_MARKDOWN = 65_000;

    /** So that no room is lacking for what matters most. */
    private static final Comparator<DomainPlan> LOSS_FIRST =
            Comparator.comparing(plan -> !plan.mail().losesMail());

    /**
     * A domain for machines.
     *
     * @param waits null where it could not be found out, as {@code losesMail}
     * @param open what could not be found out, though the rest could
     * @param problem why nothing could; "" where something could
     */
    @JsonPropertyOrder({"domain", "waits", "losesMail", "sentence", "changes", "mail", "notes", "open", "problem"})
    record Line(
            String domain,
            @Nullable Boolean waits,
            @Nullable Boolean losesMail,
            String sentence,
            List<String> changes,
            MailImpact mail,
            List<String> notes,
            List<String> open,
            String problem) {

        private static Line of(DomainPlan plan) {
            boolean loses = plan.waits() && plan.mail().losesMail();
            return new Line(
                    plan.domain(),
                    known(plan, plan.waits()),
                    known(plan, loses),
                    plan.mail().sentence(),
                    plan.changes(),
                    plan.mail(),
                    plan.notes(),
                    plan.open(),
                    "");
        }

        private static Line of(Planning.Blocked blocked) {
            return new Line(
                    blocked.domain(),
                    null,
                    null,
                    "",
                    List.of(),
                    MailImpact.none(),
                    List.of(),
                    List.of(),
                    blocked.why());
        }

        /** What is so may be said though not all is known; what is not so may not. */
        private static @Nullable Boolean known(DomainPlan plan, boolean so) {
            return so || plan.open().isEmpty() ? Boolean.valueOf(so) : null;
        }
    }

    PlanReport {
        domains = List.copyOf(domains);
    }

    private Stream<DomainPlan> plans() {
        return domains.stream().filter(Planning.Done.class::isInstance).map(done -> ((Planning.Done) done).plan());
    }

    private List<Planning.Blocked> blocked() {
        return domains.stream()
                .filter(Planning.Blocked.class::isInstance)
                .map(Planning.Blocked.class::cast)
                .toList();
    }

    /** Whether all could be found out. */
    boolean isWhole() {
        return lacking() == 0;
    }

    /** So many domains could not be planned, or not in full. */
    private long lacking() {
        return blocked().size() + plans().filter(plan -> !plan.open().isEmpty()).count();
    }

    /** Whether the files would change something. */
    boolean waits() {
        return plans().anyMatch(DomainPlan::waits);
    }

    private List<DomainPlan> changed() {
        return plans().filter(plan -> !plan.changes().isEmpty()
                        || !plan.notes().isEmpty()
                        || !plan.open().isEmpty())
                .toList();
    }

    /** All domains in a sentence. That nothing changes is said only where all could be found out. */
    String sentence() {
        MailImpact all = MailImpact.together(plans().filter(DomainPlan::waits).toList());
        long waiting = plans().filter(DomainPlan::waits).count();
        List<String> parts = new ArrayList<>();
        if (!isWhole()) {
            parts.add("%d of %d could not be planned in full".formatted(lacking(), domains.size()));
        }
        if (waiting > 0) {
            parts.add("changes of " + (waiting == 1 ? "1 domain" : waiting + " domains") + ": " + all.sentence());
        }
        return parts.isEmpty() ? "no changes" : String.join("; ", parts);
    }

    /** @param coloured whether a terminal shows colours */
    String text(boolean coloured) {
        StringBuilder text = new StringBuilder();
        blocked().forEach(each -> text.append(ManifestText.plain(each.domain()))
                .append(": ")
                .append(ManifestText.plain(each.why()))
                .append("\n\n"));
        for (DomainPlan plan : changed()) {
            String colour = !coloured ? "" : plan.mail().losesMail() ? RED : YELLOW;
            text.append(plan.domain())
                    .append(": ")
                    .append(colour)
                    .append(ManifestText.plain(headline(plan)))
                    .append(colour.isEmpty() ? "" : PLAIN)
                    .append('\n');
            plan.changes().forEach(change -> text.append("  - ")
                    .append(ManifestText.plain(change))
                    .append('\n'));
            readers(plan.mail())
                    .forEach(line ->
                            text.append("  > ").append(ManifestText.plain(line)).append('\n'));
            plan.notes()
                    .forEach(note ->
                            text.append("  ! ").append(ManifestText.plain(note)).append('\n'));
            plan.open()
                    .forEach(open ->
                            text.append("  ? ").append(ManifestText.plain(open)).append('\n'));
            text.append('\n');
        }
        return text.append(ManifestText.plain(sentence())).append('\n').toString();
    }

    /** For a comment below a change that is proposed; one that is too long would be refused as a whole. */
    String markdown() {
        StringBuilder text =
                new StringBuilder("### Mail: ").append(inline(sentence())).append('\n');
        List<String> sections = Stream.concat(
                        blocked().stream().map(PlanReport::section),
                        changed().stream().sorted(LOSS_FIRST).map(PlanReport::section))
                .toList();
        int left = sections.size();
        for (String section : sections) {
            if (text.length() + section.length() <= MOST_MARKDOWN) {
                text.append(section);
                left--;
            }
        }
        if (left > 0) {
            text.append("\n%d of %d are left out, since a comment has no room for them: see -o text.\n"
                    .formatted(left, sections.size()));
        }
        return text.toString();
    }

    private static String section(Planning.Blocked blocked) {
        return "\n- **" + inline(blocked.domain()) + "** cannot be planned: " + inline(blocked.why()) + "\n";
    }

    private static String section(DomainPlan plan) {
        StringBuilder text = new StringBuilder("\n**")
                .append(inline(plan.domain()))
                .append("**: ")
                .append(inline(headline(plan)))
                .append("\n\n");
        plan.changes()
                .forEach(change -> text.append("- ").append(inline(change)).append('\n'));
        if (!readers(plan.mail()).isEmpty()) {
            text.append("\n| address | today | then |\n|---|---|---|\n");
            rows(plan.mail()).forEach(row -> text.append("| ")
                    .append(inline(row.address()))
                    .append(" | ")
                    .append(inline(row.before()))
                    .append(" | ")
                    .append(inline(row.after()))
                    .append(" |\n"));
        }
        plan.notes().forEach(note -> text.append("\n> ").append(inline(note)).append('\n'));
        plan.open()
                .forEach(open ->
                        text.append("\n> not known: ").append(inline(open)).append('\n'));
        return text.toString();
    }

    String json() {
        List<Line> lines = new ArrayList<>();
        plans().forEach(plan -> lines.add(Line.of(plan)));
        blocked().forEach(each -> lines.add(Line.of(each)));
        return JsonOutput.of(lines) + "\n";
    }

    private static String headline(DomainPlan plan) {
        if (plan.changes().isEmpty()) {
            return plan.open().isEmpty() ? "nothing changes" : "whether anything changes could not be found out";
        }
        return plan.waits()
                ? plan.mail().sentence()
                : "only observed or suspended; else " + plan.mail().sentence();
    }

    private static List<MailImpact.Address> rows(MailImpact mail) {
        return Stream.of(mail.stop(), mail.moved(), mail.start())
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> readers(MailImpact mail) {
        return rows(mail).stream()
                .map(row -> "mail to " + row.address() + " " + row.before() + ", then " + row.after())
                .toList();
    }

    /** Nothing of it is markup: names of rules and Workers are the words of others. */
    private static String inline(String text) {
        return ManifestText.plain(text).replaceAll("([\\\\`*_{}\\[\\]<>()#+!|~])", "\\\\$1");
    }
}
