package io.maildomain.operator.app;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.maildomain.operator.cloudflare.TokenPage;
import io.maildomain.operator.controller.account.CheckedSurface;
import io.maildomain.operator.controller.offline.ManifestText;
import io.maildomain.operator.credentials.Surface;
import java.io.PrintWriter;
import java.util.List;

/** What {@code check-tokens} prints. */
record CheckedTokens(List<CheckedSurface> surfaces, String accountId) {

    private static final String ROW = "%-8s  %-38s  %-8s  %s";
    private static final String NOTE =
            "readable: a read went through, which proves no write; only a write of the running operator shows that Edit is"
                    + " granted";

    /** The JSON form. */
    @JsonPropertyOrder({"domainBindingEnabled", "surfaces", "note"})
    record Document(boolean domainBindingEnabled, List<CheckedSurface> surfaces, String note) {}

    void print(PrintWriter out, CheckTokensCommand.Output form) {
        if (form == CheckTokensCommand.Output.json) {
            out.println(json());
        } else {
            printTable(out);
        }
        out.flush();
    }

    private String json() {
        return JsonOutput.of(new Document(!accountId.isEmpty(), surfaces, NOTE));
    }

    private void printTable(PrintWriter out) {
        surfaces.forEach(found -> out.println(ManifestText.plain(headline(found))));
        if (accountId.isEmpty()) {
            out.println("account id: not known, so no zone can be created; existing ones can be adopted");
        }
        out.println();
        out.println(ROW.formatted("SURFACE", "RIGHT", "STATE", "NEEDED TO"));
        surfaces.forEach(found -> found.rights()
                .forEach(right ->
                        out.println(ROW.formatted(found.surface(), right.right(), right.state(), right.purpose()))));
        out.println();
        out.println(NOTE);
        for (Surface surface : Surface.values()) {
            if (surfaces.stream()
                    .anyMatch(found -> found.surface().equals(surface.word())
                            && found.outcome() == CheckedSurface.Outcome.LACKING)) {
                out.println();
                out.println("A new " + surface.word() + " token with exactly these rights is made at");
                out.println(TokenPage.ofUser(surface));
            }
        }
    }

    private static String headline(CheckedSurface found) {
        if (found.key().isEmpty()) {
            return found.surface() + ": "
                    + (found.outcome() == CheckedSurface.Outcome.LACKING ? "" : "not configured; ") + found.problem();
        }
        String expires = found.expires().isEmpty() ? "" : ", expires " + found.expires();
        String token = found.token().isEmpty() ? "" : ", token " + found.token() + expires;
        String kind = found.kind().isEmpty() ? "" : " (" + found.kind() + ")";
        String problem = found.problem().isEmpty() ? "" : ": " + found.problem();
        return found.surface() + ": key " + found.key() + kind + " of " + found.source() + token + problem;
    }
}
