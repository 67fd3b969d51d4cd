package io.maildomain.operator.domain;

import io.maildomain.operator.cloudflare.Cloudflare;
import io.maildomain.operator.cloudflare.CloudflareException;
import io.maildomain.operator.cloudflare.Use;
import io.maildomain.operator.domain.ZoneDeletion.Question;
import java.util.List;

/** Decides about a zone's deletion, reading its DNS records only where the decision hangs on them. */
record ZoneUse(Cloudflare cloudflare) {

    ZoneDeletion decide(Question question) {
        ZoneDeletion blind = ZoneDeletion.decide(question, false, List.of());
        if (!(blind instanceof ZoneDeletion.Kept) || !ZoneDeletion.needsRecords(question)) {
            return blind;
        }
        try {
            return ZoneDeletion.decide(
                    question, true, cloudflare.dnsRecords(question.live().id(), Use.CHANGE));
        } catch (CloudflareException e) {
            boolean mayNot = e.refused()
                    .filter(refused -> refused.status() == 403 || refused.status() == 401)
                    .isPresent();
            if (mayNot) {
                return blind;
            }
            throw e;
        }
    }
}
