package io.maildomain.operator.statuspage.plan;

import java.util.Comparator;

/**
 * A resource of another kind than MailDomain that is not as it should be.
 *
 * @param resource {@code namespace/name}
 */
public record OtherFact(String kind, String resource, Standing standing, Said said) {

    static final Comparator<OtherFact> ORDER = Comparator.comparing(OtherFact::standing)
            .thenComparing(OtherFact::kind)
            .thenComparing(OtherFact::resource);
}
