package io.maildomain.operator.cloudflare;

import java.util.function.Supplier;

/**
 * What it means that a read was answered with a 404 without a word of Cloudflare's API. A proxy, a login page or a wrong
 * base URL answers like that, and so does Cloudflare for what Email Routing does not have while it is off. Another call
 * about the same zone tells them apart; no deletion waits for an answer that never comes.
 */
record MissConfirmation(Cloudflare cloudflare) {

    /** The zone, after a miss: one that stands in the list of zones is there all the same. */
    Zone zone(String zoneId, CloudflareException miss) {
        return cloudflare.zones().stream()
                .filter(zone -> zone.id().equals(zoneId))
                .findFirst()
                .orElseThrow(miss::confirmed);
    }

    /** The catch-all, after a miss: one that stands in the list of rules is there all the same. */
    CatchAll catchAll(String zoneId, CloudflareException miss) {
        try {
            return cloudflare.rules(zoneId).listedCatchAll().orElseThrow(miss::confirmed);
        } catch (CloudflareException e) {
            throw e.rulesMissing() ? miss.confirmed() : e;
        }
    }

    /**
     * Reads something inside of a zone; a miss counts as Cloudflare's own if the zone itself can be read, and what was asked for is
     * missed once more then: one such answer by itself may be a stray.
     */
    <T> T inside(String zoneId, Supplier<T> read) {
        try {
            return read.get();
        } catch (CloudflareException miss) {
            if (!miss.isWordlessMiss()) {
                throw miss;
            }
            cloudflare.zone(zoneId);
        }
        try {
            return read.get();
        } catch (CloudflareException again) {
            throw again.isWordlessMiss() ? again.confirmed() : again;
        }
    }
}
