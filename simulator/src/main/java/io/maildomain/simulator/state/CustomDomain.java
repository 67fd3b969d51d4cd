package io.maildomain.simulator.state;

/** A host name that a Worker answers for. */
public record CustomDomain(
        String id, String hostname, String service, String environment, String zoneId, String zoneName) {

    public CustomDomain {
        id = id == null ? Ids.next() : id;
        hostname = HostNames.ascii(Required.text(hostname, "a custom domain's hostname"));
        service = Required.text(service, "a custom domain's service");
        environment = environment == null ? "production" : environment;
        zoneId = zoneId == null ? "" : zoneId;
        zoneName = zoneName == null ? "" : zoneName;
    }
}
