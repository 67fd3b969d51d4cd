package io.maildomain.simulator.dns;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maildomain.simulator.api.Answer;
import io.maildomain.simulator.api.Call;
import io.maildomain.simulator.api.Envelope;
import io.maildomain.simulator.api.Guard;
import io.maildomain.simulator.api.Paging;
import io.maildomain.simulator.api.Refusal;
import io.maildomain.simulator.api.Route;
import io.maildomain.simulator.rights.Product;
import io.maildomain.simulator.rights.Right;
import io.maildomain.simulator.state.DnsRecord;
import io.maildomain.simulator.state.Lists;
import io.maildomain.simulator.state.Zone;
import java.util.List;
import java.util.Set;

/** The operations under {@code /zones/{zone_id}/dns_records}. */
public final class DnsOperations {

    private static final int MOST_PER_PAGE = 5_000_000;
    private static final Set<String> EXCLUSIVE = Set.of("A", "AAAA", "CNAME");
    private static final String RECORDS = "/zones/{zone_id}/dns_records";
    private static final String RECORD = RECORDS + "/{dns_record_id}";

    private DnsOperations() {}

    public static List<Route> routes() {
        Guard read = Guard.zoneProduct(Right.read(Product.DNS));
        Guard edit = Guard.zoneProduct(Right.edit(Product.DNS));
        return new Route.Collector()
                .get(RECORDS, read, DnsOperations::list)
                .post(RECORDS, edit, DnsOperations::create)
                .get(RECORD, read, call -> shown(call.zone(), record(call)))
                .put(RECORD, edit, call -> update(call, call.object()))
                .patch(
                        RECORD,
                        edit,
                        call -> update(call, DnsInput.completed(call.object(), DnsJson.of(call.zone(), record(call)))))
                .delete(RECORD, edit, DnsOperations::delete)
                .routes();
    }

    private static Answer list(Call call) {
        Zone zone = call.zone();
        return Paging.of(call.query(), 1, 100, MOST_PER_PAGE)
                .answer(new DnsFilter(call.query()).apply(zone.dnsRecords()), record -> DnsJson.of(zone, record));
    }

    private static Answer create(Call call) {
        Zone zone = call.zone();
        return kept(call, zone, DnsInput.record(zone, call.object(), null, call.now(), call.now()));
    }

    private static Answer update(Call call, ObjectNode body) {
        Zone zone = call.zone();
        DnsRecord current = record(call);
        checkLock(zone, current);
        return kept(call, zone, DnsInput.record(zone, body, current.id(), current.createdOn(), call.now()));
    }

    private static Answer kept(Call call, Zone zone, DnsRecord record) {
        checkLock(zone, record);
        checkConflicts(zone, record);
        call.world().put(zone.withDnsRecords(Lists.put(zone.dnsRecords(), r -> r.id().equals(record.id()), record)));
        return shown(zone, record);
    }

    private static Answer delete(Call call) {
        Zone zone = call.zone();
        DnsRecord record = record(call);
        checkLock(zone, record);
        call.world().put(zone.withDnsRecords(Lists.without(zone.dnsRecords(), r -> r.id().equals(record.id()))));
        return Envelope.success(JsonNodeFactory.instance.objectNode().put("id", record.id()));
    }

    /** While Email Routing holds a host, its own records there and every MX are its business. */
    private static void checkLock(Zone zone, DnsRecord record) {
        boolean ours = record.routingHost() != null && zone.routing().locks(record.routingHost());
        boolean mx = record.isMx() && zone.routing().locks(record.name());
        if (ours || mx) {
            throw new Refusal(
                    403, 1046, "This zone is managed by Email Routing. Disable Email Routing to add/modify MX records");
        }
    }

    private static void checkConflicts(Zone zone, DnsRecord record) {
        for (DnsRecord other : zone.dnsRecords()) {
            if (other.id().equals(record.id()) || !other.name().equals(record.name())) {
                continue;
            }
            if (other.saysTheSameAs(record)) {
                throw new Refusal(400, 81058, "An identical record already exists.");
            }
            boolean oneIsCname = other.type().equals("CNAME") || record.type().equals("CNAME");
            if (oneIsCname && EXCLUSIVE.contains(other.type()) && EXCLUSIVE.contains(record.type())) {
                throw new Refusal(400, 81053, "An A, AAAA, or CNAME record with that host already exists.");
            }
        }
    }

    private static DnsRecord record(Call call) {
        return call.zone()
                .dnsRecord(call.parameter("dns_record_id"))
                .orElseThrow(() -> new Refusal(404, 81044, "Record does not exist."));
    }

    private static Answer shown(Zone zone, DnsRecord record) {
        return Envelope.success(DnsJson.of(zone, record));
    }
}
