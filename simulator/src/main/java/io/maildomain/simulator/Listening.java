package io.maildomain.simulator;

/**
 * Where a simulator listens, and to whom it shows more than Cloudflare's API.
 *
 * @param port 0 picks a free one
 * @param dnsPort where the zones' records are served by DNS; 0 picks a free one, -1: nowhere
 * @param controlIsOpen whether control plane and page are served to every client that reaches the port, not to this machine
 *     only
 */
record Listening(String host, int port, int dnsPort, boolean controlIsOpen) {

    Listening withHost(String changed) {
        return new Listening(changed, port, dnsPort, controlIsOpen);
    }

    Listening withPort(int changed) {
        return new Listening(host, changed, dnsPort, controlIsOpen);
    }

    Listening withDnsPort(int changed) {
        return new Listening(host, port, changed, controlIsOpen);
    }

    Listening withOpenControl() {
        return new Listening(host, port, dnsPort, true);
    }
}
