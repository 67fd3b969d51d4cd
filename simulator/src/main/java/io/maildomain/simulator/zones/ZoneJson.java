package io.maildomain.simulator.zones;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.simulator.state.Account;
import io.maildomain.simulator.state.Registration;
import io.maildomain.simulator.state.World;
import io.maildomain.simulator.state.Zone;
import java.time.Instant;
import java.util.List;

/** A zone as the API shows it. */
final class ZoneJson {

    private ZoneJson() {}

    static ObjectNode of(Zone zone, World world) {
        Registration registration = zone.registration();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", zone.id())
                .put("name", zone.name())
                .put("status", registration.status().wire())
                .put("paused", registration.paused())
                .put("type", registration.type())
                .put("development_mode", 0);
        json.set("name_servers", texts(registration.nameServers()));
        json.set("original_name_servers", texts(registration.originalNameServers()));
        json.put("original_registrar", registration.originalRegistrar())
                .putNull("original_dnshost")
                .put("created_on", text(registration.createdOn()))
                .put("modified_on", text(registration.modifiedOn()))
                .put("activated_on", text(registration.activatedOn()));
        if (!registration.vanityNameServers().isEmpty()) {
            json.set("vanity_name_servers", texts(registration.vanityNameServers()));
        }
        if (registration.type().equals("partial")) {
            json.put(
                            "verification_key",
                            Math.abs((long) zone.id().hashCode()) + "-"
                                    + zone.name().length())
                    .put("cname_suffix", "cdn.cloudflare.net");
        }
        json.putObject("meta")
                .put("step", 2)
                .put("custom_certificate_quota", 0)
                .put("page_rule_quota", 3)
                .put("phishing_detected", false);
        json.putObject("owner").putNull("id").put("type", "user").putNull("email");
        json.putObject("account")
                .put("id", zone.accountId())
                .put("name", world.account(zone.accountId()).map(Account::name).orElse(""));
        json.putObject("tenant").putNull("id").putNull("name");
        json.putObject("tenant_unit").putNull("id");
        json.putArray("permissions").add("#zone:read").add("#zone:edit").add("#zone_settings:edit");
        json.putObject("plan")
                .put("id", "0feeeeeeeeeeeeeeeeeeeeeeeeeeeeee")
                .put("name", "Free Website")
                .put("price", 0)
                .put("currency", "USD")
                .put("frequency", "")
                .put("is_subscribed", false)
                .put("can_subscribe", false)
                .put("legacy_id", "free")
                .put("legacy_discount", false)
                .put("externally_managed", false);
        return json;
    }

    private static String text(Instant time) {
        return time == null ? null : time.toString();
    }

    private static ArrayNode texts(List<String> values) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        values.forEach(array::add);
        return array;
    }
}
