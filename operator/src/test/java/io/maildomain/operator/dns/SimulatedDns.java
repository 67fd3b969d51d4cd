package io.maildomain.operator.dns;

import io.maildomain.operator.cloudflare.DnsRecord;
import io.maildomain.simulator.Simulator;
import io.maildomain.simulator.state.Zone;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What the name servers of the simulated zones would say, without a socket. */
public record SimulatedDns(Simulator simulator, BooleanSupplier reachable) implements PublicDns {

    @Override
    public Optional<List<DnsRecord>> mailRecords(String host, List<String> nameServers) {
        String apex = host;
        while (reachable.getAsBoolean() && apex.contains(".")) {
            Optional<Zone> zone = simulator.controls().zone(apex);
            if (zone.isPresent()) {
                return Optional.of(records(zone.get(), host));
            }
            apex = apex.substring(apex.indexOf('.') + 1);
        }
        return Optional.empty();
    }

    private static List<DnsRecord> records(Zone zone, String host) {
        return zone.dnsRecords().stream()
                .filter(record -> record.name().equals(host))
                .filter(record -> record.isMx() || record.type().equals("TXT"))
                .map(record -> new DnsRecord(
                        record.type(), record.name(), record.text(), record.priority() == null ? 0 : record.priority()))
                .toList();
    }
}
