package io.maildomain.operator.controller.sweep.plan;

/** What is read of a zone, each by a list over all zones of the account, or by a call for each zone. */
public enum Facet {
    /** The zone itself. */
    ZONE,
    /** Email Routing's settings. */
    SETTINGS,
    /** The routing rules, and the catch-all where the list holds it: all that a CatchAllRule is compared with. */
    RULES
}
