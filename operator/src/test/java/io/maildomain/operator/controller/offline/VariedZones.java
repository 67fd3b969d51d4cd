package io.maildomain.operator.controller.offline;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.simulator.control.Controls;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Zones as accounts hold them: in order, half set up, kept by other tools, odd. */
public final class VariedZones {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> LOCALS = List.of("info", "sales", "a.b", "x+y", "o_o", "Team", "no", "123");

    private final Random random;

    /** Of the kinds of actions so many are used: the last two are none that the schema allows, though it may not always have said so. */
    private final int actions;

    public VariedZones(Random random) {
        this(random, 8);
    }

    private VariedZones(Random random, int actions) {
        this.random = random;
        this.actions = actions;
    }

    /** Those that hold nothing that Cloudflare's schema does not allow. */
    public static VariedZones asInTheSchema(Random random) {
        return new VariedZones(random, 6);
    }

    /** Puts so many there. @return their names, some with other letters than A-labels have */
    public List<String> put(Controls cloudflare, int count) {
        Map<String, ObjectNode> zones = next(count);
        zones.forEach((name, zone) -> cloudflare.putZone(name, zone.toString()));
        return List.copyOf(zones.keySet());
    }

    /** So many, by name, as the simulator's control plane takes them. */
    public Map<String, ObjectNode> next(int count) {
        Map<String, ObjectNode> zones = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String name = oneOf(List.of("shop", "shop", "bücher", "a-b")) + i + ".example";
            zones.put(name, zone(name));
        }
        return zones;
    }

    private ObjectNode zone(String name) {
        ObjectNode zone = JSON.createObjectNode();
        zone.put("status", oneOf(List.of("active", "active", "active", "pending", "moved")));
        boolean routing = random.nextInt(4) > 0;
        zone.put("routing", routing);
        if (routing) {
            ArrayNode subdomains = zone.putArray("subdomains");
            List.of("in", "notify").stream()
                    .filter(host -> random.nextBoolean())
                    .forEach(subdomains::add);
        }
        if (routing && random.nextInt(6) == 0) {
            zone.put("unlocked", true);
        }
        zone.put("support_subaddress", random.nextBoolean());
        ArrayNode records = zone.putArray("dns_records");
        if (random.nextInt(3) == 0) {
            records.addObject()
                    .put("type", "MX")
                    .put("name", oneOf(List.of("@", "old", "in")))
                    .put("content", "mx.other-provider.example")
                    .put("priority", 10);
        }
        if (random.nextInt(3) == 0) {
            records.addObject()
                    .put("type", "TXT")
                    .put("name", "@")
                    .put("content", "v=spf1 include:others.example ~all");
        }
        ArrayNode rules = zone.putArray("rules");
        for (int i = random.nextInt(7); i > 0; i--) {
            rules.add(rule(name, i));
        }
        if (random.nextBoolean()) {
            zone.set("catch_all", action(marked(JSON.createObjectNode()), name));
        }
        return zone;
    }

    private ObjectNode rule(String zone, int number) {
        ObjectNode rule = marked(JSON.createObjectNode());
        rule.put("priority", oneOf(List.of(0, 0, 7)));
        List<String> hosts = List.of("", "", "", "", "in.", "in.", "notify.", random.nextInt(4) > 0 ? "" : "old.");
        // Now and then two rules have one address, as they may from former years.
        String address = oneOf(LOCALS) + oneOf(List.of("", "", "" + number)) + "@" + oneOf(hosts) + zone;
        if (random.nextInt(8) == 0) {
            ArrayNode matchers = rule.putArray("matchers");
            matchers.addObject().put("type", "literal").put("field", "to").put("value", address);
            matchers.addObject().put("type", "literal").put("field", "to").put("value", "also@" + zone);
        } else {
            rule.put("address", address);
        }
        return action(rule, zone);
    }

    private ObjectNode marked(ObjectNode rule) {
        rule.put("enabled", random.nextInt(4) > 0);
        rule.put(
                "name",
                oneOf(List.of(
                        "", "", "by hand", "two\nlines: \u202e#", "mail/x [mdo:us]", "[mdo:others]", "[mdo:none]")));
        if (random.nextInt(8) == 0) {
            rule.put("source", "wrangler");
        }
        return rule;
    }

    private ObjectNode action(ObjectNode rule, String zone) {
        switch (random.nextInt(actions)) {
            case 0, 1, 2 -> rule.put("forward_to", oneOf(List.of("team@corp.example", "Team@Corp.example")));
            case 3 -> rule.put("worker", oneOf(List.of("mailbox", "Old-Mailbox")));
            case 4 -> rule.put("drop", true);
            case 5 -> rule.put("forward_to", "loop@" + zone);
            case 6 -> {
                ArrayNode values = rule.putArray("actions")
                        .addObject()
                        .put("type", "forward")
                        .putArray("value");
                values.add("one@corp.example").add("two@corp.example");
            }
            default -> {
                ArrayNode actions = rule.putArray("actions");
                actions.addObject().put("type", "worker").putArray("value").add("mailbox");
                actions.addObject().put("type", "drop").putArray("value");
            }
        }
        return rule;
    }

    private <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
