package io.maildomain.simulator.page;

import io.maildomain.simulator.mail.MailTrace;
import io.maildomain.simulator.rights.Right;
import io.maildomain.simulator.state.Account;
import io.maildomain.simulator.state.DestinationAddress;
import io.maildomain.simulator.state.RoutingRule;
import io.maildomain.simulator.state.Token;
import io.maildomain.simulator.state.World;
import io.maildomain.simulator.state.Zone;
import java.util.stream.Collectors;

/** The page at {@code /}. It needs no script, and shows no token. */
public final class StatePage {

    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>Cloudflare API simulator</title>
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <style>
            body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 62rem; padding: 0 1rem; color: #1d2433; background: #fbfbfd }
            h1 { font-size: 1.5rem } h2 { font-size: 1.15rem; margin-top: 2rem } h2 small { font-weight: normal; color: #667 }
            table { border-collapse: collapse; margin-top: 1rem; width: 100%; background: #fff }
            th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #e4e6ee; vertical-align: top; overflow-wrap: break-word }
            th { color: #667; font-weight: 600; font-size: .85rem } tr.decides td { background: #fff6d6 } .off { color: #99a }
            form { background: #fff; border: 1px solid #dde; border-radius: .5rem; padding: 1rem }
            input { font: inherit; width: 24rem; max-width: 100%; padding: .3rem .5rem } button { font: inherit; padding: .3rem .9rem }
            .outcome { font-size: 1.15rem; font-weight: 600 } code { font-size: .9em }
            </style></head><body>
            <h1>Cloudflare API simulator</h1>
            """;

    private StatePage() {}

    /** @param address whose mail is to be followed; "" for none */
    public static String of(World world, String address) {
        Html page = new Html().raw(HEAD);
        page.raw(
                "<p>The API lies under <code>/client/v4</code>, the control plane under <code>/_simulator</code>.</p>");
        String decides = form(page, world, address);
        world.zones().forEach(zone -> zone(page, zone, decides));
        if (world.zones().isEmpty()) {
            page.raw("<h2>Zones</h2><p class=\"off\">There is none yet.</p>");
        }
        world.accounts().forEach(account -> account(page, account));
        tokens(page, world);
        return page.raw("</body></html>\n").toString();
    }

    /** @return the id of the rule that decides about the address */
    private static String form(Html page, World world, String address) {
        page.raw(
                        "<form method=\"get\" action=\"/\"><label>What would mail to <input name=\"to\" placeholder=\"name@example.com\" value=\"")
                .text(address)
                .raw("\"> do?</label> <button>Follow it</button>");
        String decides = "";
        if (!address.isBlank()) {
            MailTrace trace = MailTrace.of(world, address);
            decides = trace.ruleId();
            page.raw("<p class=\"outcome\" id=\"outcome\">")
                    .text(trace.outcome())
                    .raw("</p><ol id=\"steps\">");
            trace.steps().forEach(step -> page.element("li", step));
            page.raw("</ol>");
        }
        page.raw("</form>");
        return decides;
    }

    private static void zone(Html page, Zone zone, String decides) {
        page.raw("<h2>").text(zone.name()).raw(" <small>");
        page.text("zone " + zone.id() + ", " + zone.registration().status().wire() + ", Email Routing "
                + (zone.routesMail() ? "on" : "off") + hosts(zone)
                + (zone.routing().supportSubaddress() ? ", subaddressing" : ""));
        page.raw(
                "</small></h2><table><tr><th>mail to</th><th>does</th><th>name</th><th>priority</th><th>made by</th></tr>");
        zone.rules().forEach(rule -> rule(page, rule, decides));
        rule(page, zone.catchAll(), decides);
        page.raw("</table>");
    }

    private static String hosts(Zone zone) {
        String hosts = zone.routing().hosts().keySet().stream()
                .filter(host -> !host.equals(zone.name()))
                .collect(Collectors.joining(", "));
        return hosts.isEmpty() ? "" : " (also for " + hosts + ")";
    }

    private static void rule(Html page, RoutingRule rule, String decides) {
        page.raw(rule.id().equals(decides) ? "<tr class=\"decides\">" : rule.enabled() ? "<tr>" : "<tr class=\"off\">");
        page.element("td", rule.isCatchAll() ? "everything else" : addresses(rule));
        page.element("td", actions(rule) + (rule.enabled() ? "" : " (disabled)"));
        page.element("td", rule.name());
        page.element("td", rule.isCatchAll() ? "" : rule.priority());
        page.element("td", rule.source()).raw("</tr>");
    }

    private static String addresses(RoutingRule rule) {
        return rule.matchers().stream().map(RoutingRule.Matcher::value).collect(Collectors.joining(", "));
    }

    private static String actions(RoutingRule rule) {
        return rule.actions().stream()
                .map(action -> (action.type() + " " + String.join(", ", action.value())).strip())
                .collect(Collectors.joining("; "));
    }

    private static void account(Html page, Account account) {
        page.raw("<h2>")
                .text(account.name())
                .raw(" <small>account ")
                .text(account.id())
                .raw("</small></h2>");
        page.raw("<table><tr><th>destination address</th><th>verified</th></tr>");
        for (DestinationAddress address : account.addresses()) {
            page.raw("<tr>")
                    .element("td", address.email())
                    .element("td", address.isVerified() ? "yes" : "no: its owner has not clicked the link yet")
                    .raw("</tr>");
        }
        page.raw("</table>");
        PlatformPart.of(page, account);
    }

    private static void tokens(Html page, World world) {
        page.raw("<h2>Tokens</h2><table><tr><th>name</th><th>value</th><th>rights</th><th>zones</th></tr>");
        for (Token token : world.tokens()) {
            boolean everything = token.name().equals(Token.START_NAME);
            page.raw("<tr>")
                    .element("td", token.name())
                    .element("td", "•".repeat(8) + " (" + token.value().length() + " characters)")
                    .element("td", everything ? "everything" : rights(token))
                    .element("td", String.join(", ", token.zones()))
                    .raw("</tr>");
        }
        page.raw("</table>");
    }

    private static String rights(Token token) {
        return token.rights().stream().map(Right::label).collect(Collectors.joining(" · "));
    }
}
