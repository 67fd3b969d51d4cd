package io.maildomain.api.v1alpha1;

import static io.maildomain.api.v1alpha1.ReasonPlace.ACCOUNT_EVENT;
import static io.maildomain.api.v1alpha1.ReasonPlace.ACCOUNT_READY;
import static io.maildomain.api.v1alpha1.ReasonPlace.CATCH_ALL_APPLIED;
import static io.maildomain.api.v1alpha1.ReasonPlace.CATCH_ALL_EVENT;
import static io.maildomain.api.v1alpha1.ReasonPlace.CATCH_ALL_IN_SYNC;
import static io.maildomain.api.v1alpha1.ReasonPlace.CATCH_ALL_READY;
import static io.maildomain.api.v1alpha1.ReasonPlace.CHECKS_CURRENT;
import static io.maildomain.api.v1alpha1.ReasonPlace.CREDENTIALS_VALID;
import static io.maildomain.api.v1alpha1.ReasonPlace.DEPLOY_TOKEN_VALID;
import static io.maildomain.api.v1alpha1.ReasonPlace.DESTINATION_EVENT;
import static io.maildomain.api.v1alpha1.ReasonPlace.DESTINATION_READY;
import static io.maildomain.api.v1alpha1.ReasonPlace.DNS_READY;
import static io.maildomain.api.v1alpha1.ReasonPlace.DOMAIN_BINDING_ENABLED;
import static io.maildomain.api.v1alpha1.ReasonPlace.DOMAIN_EVENT;
import static io.maildomain.api.v1alpha1.ReasonPlace.DOMAIN_READY;
import static io.maildomain.api.v1alpha1.ReasonPlace.IN_SYNC;
import static io.maildomain.api.v1alpha1.ReasonPlace.MAILBOX_EVENT;
import static io.maildomain.api.v1alpha1.ReasonPlace.MAILBOX_READY;
import static io.maildomain.api.v1alpha1.ReasonPlace.MAIL_DELIVERABLE;
import static io.maildomain.api.v1alpha1.ReasonPlace.ROUTING_ENABLED;
import static io.maildomain.api.v1alpha1.ReasonPlace.RULES_SYNCED;
import static io.maildomain.api.v1alpha1.ReasonPlace.RUNTIME_TOKEN_VALID;
import static io.maildomain.api.v1alpha1.ReasonPlace.SECRET_EVENT;
import static io.maildomain.api.v1alpha1.ReasonPlace.SITE_CREDENTIALS_VALID;
import static io.maildomain.api.v1alpha1.ReasonPlace.SITE_DEPLOYED;
import static io.maildomain.api.v1alpha1.ReasonPlace.SITE_EVENT;
import static io.maildomain.api.v1alpha1.ReasonPlace.SITE_IN_SYNC;
import static io.maildomain.api.v1alpha1.ReasonPlace.SITE_READY;
import static io.maildomain.api.v1alpha1.ReasonPlace.SITE_RECONCILING;
import static io.maildomain.api.v1alpha1.ReasonPlace.SITE_SOURCE_READY;
import static io.maildomain.api.v1alpha1.ReasonPlace.SITE_TARGETS_READY;
import static io.maildomain.api.v1alpha1.ReasonPlace.SITE_TRIGGERS_APPLIED;
import static io.maildomain.api.v1alpha1.ReasonPlace.UNSAID;
import static io.maildomain.api.v1alpha1.ReasonPlace.WORKER_CREDENTIALS_VALID;
import static io.maildomain.api.v1alpha1.ReasonPlace.WORKER_DEPLOYED;
import static io.maildomain.api.v1alpha1.ReasonPlace.WORKER_EVENT;
import static io.maildomain.api.v1alpha1.ReasonPlace.WORKER_IN_SYNC;
import static io.maildomain.api.v1alpha1.ReasonPlace.WORKER_MIGRATED;
import static io.maildomain.api.v1alpha1.ReasonPlace.WORKER_READY;
import static io.maildomain.api.v1alpha1.ReasonPlace.WORKER_RECONCILING;
import static io.maildomain.api.v1alpha1.ReasonPlace.WORKER_SOURCE_READY;
import static io.maildomain.api.v1alpha1.ReasonPlace.WORKER_TARGETS_READY;
import static io.maildomain.api.v1alpha1.ReasonPlace.WORKER_TRIGGERS_APPLIED;
import static io.maildomain.api.v1alpha1.ReasonPlace.ZONE_READY;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Why a condition is as it is, or what an Event tells: all that the operator says, each with its documentation, from which
 * {@code docs/reference/reasons.md} is generated. Stable: people and alerts match on them. A condition holds the name of the
 * constant as a string, for a status may come from another version; {@link #of(String)} reads it.
 */
public enum Reason {
    // -- fine
    Ready(
            "All is in line.",
            "Nothing.",
            DOMAIN_READY,
            ACCOUNT_READY,
            WORKER_READY,
            SITE_READY,
            MAILBOX_READY,
            DESTINATION_READY),
    TokenFound(
            "The Secret holds a token under the key that the message names; Cloudflare was not asked, or would "
                    + "not say.",
            "Nothing.",
            CREDENTIALS_VALID,
            RUNTIME_TOKEN_VALID,
            DEPLOY_TOKEN_VALID,
            WORKER_CREDENTIALS_VALID,
            SITE_CREDENTIALS_VALID),
    TokenActive(
            "Cloudflare calls the token active.",
            "Nothing, unless the message warns of a deploy key in the runtime Secret.",
            RUNTIME_TOKEN_VALID,
            DEPLOY_TOKEN_VALID,
            WORKER_CREDENTIALS_VALID,
            SITE_CREDENTIALS_VALID),
    AccountIdKnown("The account id is known, so that zones can be created.", "Nothing.", DOMAIN_BINDING_ENABLED),
    ZoneActive("The zone is active.", "Nothing.", ZONE_READY),
    RoutingEnabled("Email Routing is on.", "Nothing.", ROUTING_ENABLED),
    RecordsReady("The mail records of all hosts stand.", "Nothing.", DNS_READY),
    RecordsUnlocked(
            "The records stand, but a user unlocked them: they are left as they are.",
            "Lock them again in the dashboard, if you like.",
            DNS_READY),
    RulesSynced("All rules are as the spec says.", "Nothing.", RULES_SYNCED),
    InSync(
            "Cloudflare is as the resource says (mode `Observe`, drift `Report`).",
            "Nothing.",
            IN_SYNC,
            CATCH_ALL_IN_SYNC,
            WORKER_IN_SYNC,
            SITE_IN_SYNC),
    Applied(
            "The catch-all is as asked; the Event says that it was written.",
            "Nothing.",
            CATCH_ALL_APPLIED,
            CATCH_ALL_EVENT),
    Matched("The catch-all of another user or tool does what you ask.", "Nothing.", CATCH_ALL_APPLIED),
    ChecksCurrent(
            "Every healthy resource of the account was compared with Cloudflare within two intervals.",
            "Nothing.",
            CHECKS_CURRENT),
    // -- nothing is written, on purpose
    Observing(
            "`mode: Observe`: nothing is written, and `InSync` says whether changes are pending. Look at "
                    + "`status.dns` and `status.rules` too: what the operator would *refuse* to change is not among the "
                    + "pending changes.",
            "`mode: Manage` when the operator is to act.",
            DOMAIN_READY,
            CATCH_ALL_READY,
            WORKER_READY,
            SITE_READY),
    DriftReported(
            "Another user or tool changed something, and `drift` is `Report`: nothing is written.",
            "Look at `status.pendingChanges`; `drift: Correct` brings it back in line.",
            DOMAIN_READY,
            MAILBOX_READY,
            CATCH_ALL_APPLIED),
    OutOfSync(
            "Changes are pending that the operator would write if it acted.",
            "Read `status.pendingChanges`; for a catch-all, the message.",
            IN_SYNC,
            CATCH_ALL_IN_SYNC,
            WORKER_IN_SYNC,
            SITE_IN_SYNC),
    Suspended(
            "`spec.suspend` is true: no call is made to Cloudflare.",
            "`suspend: false`.",
            DOMAIN_READY,
            CREDENTIALS_VALID,
            MAIL_DELIVERABLE,
            ZONE_READY,
            ROUTING_ENABLED,
            DNS_READY,
            RULES_SYNCED),
    RoutingDisabled("Mode `Observe`, and Email Routing is off.", "Nothing.", ROUTING_ENABLED),
    NotReached(
            "An earlier step stands in the way.",
            "Look at the step that the message names.",
            CREDENTIALS_VALID,
            ZONE_READY,
            ROUTING_ENABLED,
            DNS_READY,
            RULES_SYNCED,
            WORKER_SOURCE_READY,
            WORKER_CREDENTIALS_VALID,
            WORKER_TARGETS_READY,
            SITE_SOURCE_READY,
            SITE_CREDENTIALS_VALID,
            SITE_TARGETS_READY,
            WORKER_MIGRATED,
            WORKER_DEPLOYED,
            WORKER_TRIGGERS_APPLIED,
            SITE_DEPLOYED,
            SITE_TRIGGERS_APPLIED),
    // -- accounts, Secrets, access
    AccountNotFound(
            "There is no CloudflareAccount of that name; or, from Cloudflare, it does not know the account id.",
            "Create the account or name another; correct `accountId`.",
            CREDENTIALS_VALID,
            ZONE_READY,
            CATCH_ALL_APPLIED,
            WORKER_CREDENTIALS_VALID,
            SITE_CREDENTIALS_VALID,
            DESTINATION_READY),
    AccountsDisabled(
            "The installation runs with `accounts: false`.",
            "Name a Secret in `spec.credentials.secretRef`.",
            CREDENTIALS_VALID,
            CATCH_ALL_APPLIED,
            WORKER_CREDENTIALS_VALID,
            SITE_CREDENTIALS_VALID,
            DESTINATION_READY),
    LocalSecretsDisabled(
            "The installation does not read Secrets of this namespace.",
            "Use an account, or set the chart's `localSecrets: true`.",
            CREDENTIALS_VALID,
            CATCH_ALL_APPLIED,
            WORKER_SOURCE_READY,
            SITE_SOURCE_READY,
            WORKER_TARGETS_READY),
    AccessDenied(
            "The account does not grant this namespace the domain, the action or creating zones, or "
                    + "`maxDomains` is used up. The Event says what stays at Cloudflare for it.",
            "Ask for an entry in the account's `spec.access`: `domains`, `workers`, `forwardTo`, `createZones: "
                    + "true`.",
            CREDENTIALS_VALID,
            ZONE_READY,
            RULES_SYNCED,
            CATCH_ALL_APPLIED,
            DOMAIN_EVENT,
            CATCH_ALL_EVENT,
            MAILBOX_READY,
            DESTINATION_READY),
    SecretMissing(
            "The Secret is not there.",
            "Create it.",
            CREDENTIALS_VALID,
            RUNTIME_TOKEN_VALID,
            DEPLOY_TOKEN_VALID,
            CATCH_ALL_APPLIED,
            WORKER_CREDENTIALS_VALID,
            SITE_CREDENTIALS_VALID,
            WORKER_SOURCE_READY,
            WORKER_TARGETS_READY,
            SITE_SOURCE_READY,
            DESTINATION_READY),
    SecretUnreadable(
            "The Secret has not been read yet (for a moment after a start), RBAC forbids it, a value is not "
                    + "base64, or the API server does not answer; or the labels of the namespace are not known.",
            "The message says which; see `secretNamespaces` in [install.md](../guides/install.md).",
            CREDENTIALS_VALID,
            RUNTIME_TOKEN_VALID,
            DEPLOY_TOKEN_VALID,
            DOMAIN_BINDING_ENABLED,
            CATCH_ALL_APPLIED,
            WORKER_CREDENTIALS_VALID,
            SITE_CREDENTIALS_VALID,
            WORKER_SOURCE_READY,
            WORKER_TARGETS_READY,
            SITE_SOURCE_READY,
            DESTINATION_READY),
    AccountIdMalformed(
            "`CLOUDFLARE_ACCOUNT_ID` is not 32 lower-case hexadecimal digits.",
            "Copy it from the dashboard's address.",
            CREDENTIALS_VALID,
            DOMAIN_BINDING_ENABLED,
            CATCH_ALL_APPLIED,
            WORKER_CREDENTIALS_VALID,
            SITE_CREDENTIALS_VALID,
            DESTINATION_READY),
    AccountIdMissing(
            "No account id is known: zones that exist are adopted, none can be created, and nothing is deployed.",
            "To create zones, or to deploy, set `spec.accountId` or `CLOUDFLARE_ACCOUNT_ID`.",
            DOMAIN_BINDING_ENABLED,
            WORKER_CREDENTIALS_VALID,
            SITE_CREDENTIALS_VALID,
            DESTINATION_READY),
    NotConfigured(
            "The Secret holds no deploy token.",
            "Nothing, unless you deploy with it: then add `CLOUDFLARE_DEPLOY_API_TOKEN` or `CLOUDFLARE_API_TOKEN`.",
            DEPLOY_TOKEN_VALID,
            WORKER_CREDENTIALS_VALID,
            SITE_CREDENTIALS_VALID),
    InUse(
            "The account is being deleted and waits until no resource uses it.",
            "Delete those resources, or let them name another account.",
            ACCOUNT_READY),
    ChecksOverdue(
            "Healthy resources of the account were not compared with Cloudflare for nearly two intervals: it cannot be reached, or the "
                    + "request budget is used up by others. `Ready` stays as it was, and may be out of date.",
            "`status.lastChecked` and the message say how old the truth is, and what stood in the way. It goes on by itself; see "
                    + "[checks that are late](../guides/observing.md#checks-that-are-late).",
            CHECKS_CURRENT),
    DeployKeyInRuntimeSecret(
            "The deploy key lies in the runtime Secret, which the operator reads.",
            "Put it into a Secret of its own.",
            ACCOUNT_EVENT),
    StatusRefused(
            "The API server does not take the status that the operator writes.",
            "Read the message; most often the CRDs are older than the operator: upgrade them.",
            DOMAIN_EVENT,
            CATCH_ALL_EVENT,
            ACCOUNT_EVENT,
            WORKER_EVENT,
            SITE_EVENT,
            DESTINATION_EVENT),
    // -- tokens
    TokenMissing(
            "The Secret holds no key of the operator's token.",
            "Add `CLOUDFLARE_RUNTIME_API_TOKEN` or `CLOUDFLARE_API_TOKEN`.",
            CREDENTIALS_VALID,
            RUNTIME_TOKEN_VALID,
            CATCH_ALL_APPLIED,
            DESTINATION_READY),
    TokenMalformed(
            "What stands under the key is no token: a line break, `Bearer`, a space.",
            "Store nothing but the token; mind that `echo` adds a line break (`printf %s`), which is trimmed "
                    + "only at the ends.",
            ReasonPlace.OF_TOKENS),
    TokenInvalid("Cloudflare does not know the token.", "Put a valid token under that key.", ReasonPlace.OF_TOKENS),
    TokenNotAccepted(
            "Cloudflare saw no credentials that it accepts.",
            "Use an API token (no global API key), and let no proxy remove the Authorization header.",
            ReasonPlace.OF_TOKENS),
    TokenNotVerified(
            "Cloudflare does not know the token in the place where it was asked for it.",
            "Set the account id of a token that an account owns; else put a valid token there.",
            ReasonPlace.OF_TOKENS),
    TokenExpired("The token's time is over.", "Put a new token under that key.", ReasonPlace.OF_TOKENS),
    TokenDisabled(
            "A user disabled the token.",
            "Enable it at Cloudflare, or put another one under that key.",
            ReasonPlace.OF_TOKENS),
    TokenNotYetValid(
            "The token's time has not come yet.",
            "Wait for its first day, or change that at Cloudflare.",
            ReasonPlace.OF_TOKENS),
    TokenLocationRefused(
            "The token has a client IP filter, and the operator comes from another address.",
            "Add the address that the message names to the filter, or take it away.",
            ReasonPlace.OF_TOKENS),
    TokenKindRefused(
            "Cloudflare does not let this kind of token make the call, whatever its rights.",
            "Use a user's token instead of one that an account owns.",
            ReasonPlace.OF_TOKENS),
    TokenBlocked(
            "Cloudflare counts too many failed authentications; one call at a time is tried.",
            "Put a valid token there.",
            ReasonPlace.OF_TOKENS),
    TokenRefused(
            "Cloudflare refused the token, and the operator holds back and lets one call probe.",
            "Put a valid token there.",
            ReasonPlace.OF_TOKENS),
    TokenExpiresSoon(
            "The token's time ends soon; the message says when.", "Put a new token under that key.", ACCOUNT_EVENT),
    PermissionMissing(
            "The token lacks a right, or its scope does not cover the zone or account.",
            "Add the right that the message names; `status.runtime.rights` and `status.deploy.rights` of the "
                    + "CloudflareAccount list them all.",
            ReasonPlace.OF_CALLS,
            RUNTIME_TOKEN_VALID,
            DEPLOY_TOKEN_VALID),
    // -- zone
    ZonePending(
            "The zone waits for its name servers.",
            "Set them at the registrar; **first** import your other records and remove the DS record.",
            ZONE_READY),
    ZoneMoved(
            "The name servers point away from Cloudflare.",
            "Set them back, else Cloudflare deletes the zone.",
            ZONE_READY),
    ZoneStatusUnknown(
            "Cloudflare gives the zone a status that this version does not know: nothing is written to it, and "
                    + "deletion waits.",
            "Look at the zone in Cloudflare; a newer version may know it.",
            ZONE_READY,
            CATCH_ALL_APPLIED),
    ZoneNotFound(
            "The token sees no such zone, and none is to be created (`AdoptOnly`).",
            "Add the zone, widen the token's scope, or use `CreateOrAdopt`.",
            ZONE_READY,
            WORKER_TARGETS_READY,
            WORKER_TRIGGERS_APPLIED,
            SITE_TARGETS_READY),
    ZoneExists(
            "`CreateOnly`, and the zone is there already; or it came into being at the same time.",
            "Use `CreateOrAdopt` or `AdoptOnly`.",
            ZONE_READY),
    ZoneNotVisible(
            "The noted zone is gone, moved, hidden from the token or not that of the domain; or the domain is a "
                    + "zone of another account.",
            "Check the token's scope and the status, which a user may have edited; `maildomain.io/rebind-zone`, "
                    + "see [adopt-an-existing-domain.md](../guides/adopt-an-existing-domain.md#the-zone-has-changed).",
            ReasonPlace.OF_CALLS),
    ZoneAmbiguous("Several zones of that name are visible.", "Name the account id.", ZONE_READY),
    ZoneInOtherAccount(
            "The zone lies in another account than the configured one.", "Use that account's credentials.", ZONE_READY),
    ZoneTypeUnsupported("The zone is not of type `full`.", "Email Routing needs a full zone.", ZONE_READY),
    NotApex(
            "There is no such zone, and zones are created only for registrable domains.",
            "Write a MailDomain for the parent with `subdomains`, as the message shows.",
            ZONE_READY),
    DomainBindingDisabled(
            "No account id is known, so no zone can be created.",
            "Set `spec.accountId` of the account, or `CLOUDFLARE_ACCOUNT_ID`.",
            ZONE_READY),
    DomainRefused(
            "Cloudflare does not take the domain for a zone: it is misspelt, banned or reserved.",
            "Correct its spelling; what is banned only Cloudflare's support can lift.",
            ZONE_READY),
    DomainNotRegistered(
            "Cloudflare finds the domain not registered.", "Register it first, or correct its spelling.", ZONE_READY),
    TooManyPendingZones(
            "The account has as many pending zones as Cloudflare allows.",
            "Activate pending zones by setting their name servers, or delete some.",
            ZONE_READY),
    ZoneAddedTooOften(
            "The domain was added to Cloudflare too many times.",
            "Wait: Cloudflare takes it again after three hours.",
            ZONE_READY),
    RegistrarLookupFailed(
            "Cloudflare could not look up the domain's registrar.", "Nothing: it is tried again.", ZONE_READY),
    // -- who manages the domain
    HeldInNamespace(
            "Another MailDomain of this namespace manages the domain (`Ready` says `Conflict`).",
            "Delete the one that is not wanted; what the other one holds goes over to it, and nothing is " + "undone.",
            ZONE_READY),
    HeldElsewhere(
            "A MailDomain of another namespace manages the domain (`Ready` says `Conflict`). Of a CatchAllRule: "
                    + "the catch-all carries the mark of another installation of this operator, or wrangler keeps it for "
                    + "a Worker.",
            "The message says how the domain can be taken over. Delete the CatchAllRule there, or take the "
                    + "catch-all out of the Worker's configuration; if that installation is gone, disable and rename the "
                    + "catch-all in Cloudflare.",
            ZONE_READY,
            CATCH_ALL_APPLIED),
    ClaimedElsewhere(
            "A MailDomain of another namespace, older or just about to create the zone, wants the domain and "
                    + "has not got it yet (`Ready` says `Conflict`).",
            "Wait: it is looked at again when that one has it, or turns out to have no use of it.",
            ZONE_READY),
    ClaimOpen(
            "The MailDomain once managed the domain, then lost it, only watched or had no access, and something "
                    + "else stands in the way of deciding whether it manages it now; the message ends with what.",
            "Mend that; it is decided then.",
            ZONE_READY),
    ClaimUnsettled("An older MailDomain for the domain was not looked at yet.", "Nothing: it lasts a moment.", UNSAID),
    Conflict(
            "Another MailDomain manages the domain; a rule of another user or tool catches the address; or an "
                    + "older CatchAllRule decides for the domain.",
            "Delete one of the two; for rules see "
                    + "[adopt-an-existing-domain.md](../guides/adopt-an-existing-domain.md#3-rules-that-are-there).",
            DOMAIN_READY,
            RULES_SYNCED,
            CATCH_ALL_APPLIED,
            MAILBOX_READY),
    // -- Email Routing and mail records
    ForeignRecords(
            "MX or SPF records of another provider stand there.",
            "See "
                    + "[adopt-an-existing-domain.md](../guides/adopt-an-existing-domain.md#2-mail-records-of-another-provider).",
            ROUTING_ENABLED,
            DNS_READY),
    RecordsUnknown(
            "It cannot be seen whether such records stand there, so nothing is changed.",
            "Allow `Zone: DNS: Read`, let DNS out, or say `Replace`: "
                    + "[adopt-an-existing-domain.md](../guides/adopt-an-existing-domain.md#2-mail-records-of-another-provider).",
            ROUTING_ENABLED,
            DNS_READY),
    RecordsMissing(
            "Records of a host are not there (yet).",
            "Wait, or read the host's message in `status.dns`.",
            ROUTING_ENABLED,
            DNS_READY),
    NotTakingEffect(
            "Cloudflare confirmed a change, and its settings do not show it; it is not repeated for an hour.",
            "Look at Email Routing in the dashboard; the message has Cloudflare's words.",
            ROUTING_ENABLED,
            CATCH_ALL_APPLIED),
    SubaddressingNotTakingEffect(
            "The same of subaddressing.",
            "Look at Email Routing in the dashboard; the message has Cloudflare's words.",
            ROUTING_ENABLED),
    // -- what the world sees
    Deliverable(
            "The world is led to Email Routing, by delegation and MX records; the message has what SPF and DMARC say.",
            "Nothing.",
            MAIL_DELIVERABLE),
    DelegatedElsewhere(
            "The zone above does not send who asks for the domain to the zone's name servers, or to others besides.",
            "Set exactly those of `status.zone.nameServers` at the registrar.",
            MAIL_DELIVERABLE),
    SignaturesBroken(
            "A DS record stands in the zone above that nothing in the zone answers to: who checks signatures (DNSSEC) gets no answer.",
            "Remove the DS record at the registrar, or enter the one that Cloudflare shows for the zone.",
            MAIL_DELIVERABLE),
    AliasAtApex(
            "A CNAME record at the domain itself hides its MX records.",
            "Remove it: what a CNAME leads to says where mail goes.",
            MAIL_DELIVERABLE),
    MailExchangersMissing(
            "The world sees no MX record, or one that says that no mail is taken.",
            "See `DNSReady`; where it is True, wait until the old answer is forgotten.",
            MAIL_DELIVERABLE),
    MailExchangersElsewhere(
            "MX records name other hosts than Email Routing's, or others besides: mail goes there.",
            "Remove them, see [adopt-an-existing-domain.md](../guides/adopt-an-existing-domain.md#2-mail-records-of-another-provider).",
            MAIL_DELIVERABLE),
    SenderPolicyBroken(
            "Nothing can be made of the domain's SPF: several records, more than ten look-ups, or an `include` that is none. Who receives "
                    + "what is forwarded may refuse it.",
            "Correct the record that the message names.",
            MAIL_DELIVERABLE),
    SenderPolicyIncomplete(
            "The domain's SPF does not name Email Routing, which forwards in the domain's name: who receives that may refuse it.",
            "Add `include:_spf.mx.cloudflare.net` to the record, or create `v=spf1 include:_spf.mx.cloudflare.net ~all`.",
            MAIL_DELIVERABLE),
    NotSeen(
            "DNS gave no answer that can be relied upon.",
            "The message says what was asked. Look at the name servers of the domain, and whether the Pod may ask DNS; `--seen-outside=false` switches it off.",
            MAIL_DELIVERABLE),
    // -- rules
    Pending(
            "A rule is not written yet; the message says what it waits for.",
            "Nothing, unless the message says so.",
            RULES_SYNCED,
            MAILBOX_READY,
            DESTINATION_READY),
    Failed("Cloudflare refuses the rule.", "The message has its words.", RULES_SYNCED, MAILBOX_READY),
    DestinationUnverified(
            "The address is not a verified destination of the account.",
            "Add it under *Destination addresses*; its owner clicks the link.",
            RULES_SYNCED,
            CATCH_ALL_APPLIED,
            MAILBOX_READY,
            DESTINATION_READY),
    WorkerMissing(
            "There is no Worker of that name in the account.",
            "Deploy it; it can take half a minute to be seen.",
            RULES_SYNCED,
            CATCH_ALL_APPLIED,
            MAILBOX_READY),
    NotExpressible(
            "What stands there has several actions or destinations and could not be given back.",
            "Simplify or disable it in Cloudflare; for rules see "
                    + "[adopt-an-existing-domain.md](../guides/adopt-an-existing-domain.md#3-rules-that-are-there).",
            RULES_SYNCED,
            CATCH_ALL_APPLIED),
    Contested(
            "A rule was changed or deleted by others 3 times within an hour; the operator does not touch it "
                    + "until the hour is over or the spec changes.",
            "Find out who changes it (another operator, Terraform, wrangler), or take the address out here.",
            RULES_SYNCED),
    // -- catch-all
    DomainNotFound(
            "There is no such MailDomain in this namespace.",
            "Create it, or delete the CatchAllRule.",
            CATCH_ALL_APPLIED),
    DomainNotReady(
            "The MailDomain has no zone yet, Email Routing is not on, or another MailDomain manages the domain.",
            "Look at the MailDomain.",
            CATCH_ALL_APPLIED,
            MAILBOX_READY),
    DomainSuspended(
            "The MailDomain is suspended, so nothing is written here.",
            "`suspend: false` in the MailDomain.",
            CATCH_ALL_APPLIED),
    DomainObserved(
            "The MailDomain only observes, so nothing is written here.",
            "`mode: Manage` in the MailDomain.",
            CATCH_ALL_APPLIED),
    DomainDeleted("The MailDomain is being deleted; the catch-all was given back.", "Nothing.", CATCH_ALL_APPLIED),
    DomainDeleting(
            "Both are being deleted; the catch-all is given back when the MailDomain gets to it.",
            "Look at why the MailDomain waits.",
            CATCH_ALL_APPLIED),
    HandingOver("It is being deleted, and the next one takes over.", "Nothing.", CATCH_ALL_APPLIED),
    // -- Mailboxes
    Expired(
            "The Mailbox's time is over, and its rule is gone. It keeps its address until it is deleted.",
            "Delete it, or give it more time (`ttl`, `expiresAt`).",
            MAILBOX_READY,
            MAILBOX_EVENT),
    NotAttached(
            "There is no such MailDomain, or none of its `spec.mailboxes` lets this Mailbox attach; the message says what is missing.",
            "Ask the owner of the MailDomain for an entry.",
            MAILBOX_READY),
    TooManyRules(
            "The domain has as many rules as Cloudflare takes, or the namespace as many Mailboxes as the MailDomain lets it have.",
            "Delete Mailboxes, or ask the owner of the MailDomain for a larger `max`.",
            MAILBOX_READY),
    // -- DestinationAddresses
    DestinationGone(
            "The address was deleted at Cloudflare. Created anew, its owner would get another mail.",
            "To have that, set the annotation `maildomain.io/resend-verification` to a new value; else delete the DestinationAddress.",
            DESTINATION_READY,
            DESTINATION_EVENT),
    DestinationInUse(
            "It is being deleted and waits while a rule of a MailDomain or Mailbox, or a CatchAllRule, forwards to the address.",
            "Take it out of the rules that the message names, or set `deletionPolicy: Retain`.",
            DESTINATION_READY),
    DestinationKept(
            "The DestinationAddress was deleted, and the address stays at Cloudflare: the message says why.",
            "If it is not wanted, delete it under *Destination addresses*.",
            DESTINATION_EVENT),
    DestinationAccountChanged(
            "The address is in another account than the one whose id is given now.",
            "Give the id of that account again, or delete the DestinationAddress and create it anew.",
            DESTINATION_READY),
    // -- deletion
    DeletionHeld(
            "Too many MailDomains, or Mailboxes of one, were deleted at once.",
            "See [deletion.md](../guides/deletion.md#too-many-at-once).",
            ZONE_READY,
            RULES_SYNCED),
    AwaitingSuccessor(
            "It is being deleted; its zone and routing wait for another MailDomain for the domain "
                    + "(`--hand-over`).",
            "Nothing.",
            ZONE_READY,
            DOMAIN_EVENT),
    CatchAllInUse("It is being deleted and waits for its CatchAllRules.", "Nothing.", RULES_SYNCED),
    LooksAgain(
            "Two looks at Cloudflare must agree before anything is deleted that cannot come back.", "Nothing.", UNSAID),
    Busy("Another reconcile works on the zone.", "Nothing.", UNSAID),
    // -- Events of what was done at Cloudflare
    Created("A zone, rules or a destination address were created.", "Nothing.", DOMAIN_EVENT, DESTINATION_EVENT),
    Updated("Rules were brought in line.", "Nothing.", DOMAIN_EVENT),
    Deleted(
            "Rules or the zone were deleted; or the Worker or the project that was deployed; or a destination address.",
            "Nothing.",
            DOMAIN_EVENT,
            WORKER_EVENT,
            SITE_EVENT,
            DESTINATION_EVENT),
    TookOver("Rules of another user or tool were taken over (`conflictPolicy: Adopt`).", "Nothing.", DOMAIN_EVENT),
    GaveBack("Rules that were taken over were given back as they were.", "Nothing.", DOMAIN_EVENT),
    Enabled("Email Routing was enabled.", "Nothing.", DOMAIN_EVENT),
    Disabled("Email Routing was disabled again.", "Nothing.", DOMAIN_EVENT),
    Added("Subdomains were added to Email Routing.", "Nothing.", DOMAIN_EVENT),
    Removed("Subdomains were taken out of Email Routing.", "Nothing.", DOMAIN_EVENT),
    SwitchedOn("Subaddressing was switched on.", "Nothing.", DOMAIN_EVENT),
    SwitchedOff("Subaddressing was switched off.", "Nothing.", DOMAIN_EVENT),
    Restored(
            "Missing mail records were added again; or the catch-all was put back to what it was.",
            "Nothing.",
            DOMAIN_EVENT,
            CATCH_ALL_EVENT),
    ZoneAdopted("A zone that was there already is used.", "Nothing.", DOMAIN_EVENT),
    HandedOver(
            "What one MailDomain did goes over to the next one for the domain, and nothing is undone.",
            "Nothing.",
            DOMAIN_EVENT),
    // -- Events of what stays at Cloudflare
    ZoneKept(
            "The zone is kept; the message says why.", "Delete it in the dashboard if it is not needed.", DOMAIN_EVENT),
    ZoneGone(
            "The zone is gone, or hidden from the token: nothing is left to undo.",
            "Nothing.",
            DOMAIN_EVENT,
            CATCH_ALL_EVENT),
    RoutingKept(
            "Email Routing stays on; the message says why.",
            "Switch it off in the dashboard if it is not needed.",
            DOMAIN_EVENT),
    RecordsKept(
            "Mail records of a host stay; the message says why.",
            "Remove them in the dashboard if they are not needed.",
            DOMAIN_EVENT),
    RuleKept(
            "A rule is left as it is; the message says why.",
            "Delete it in the dashboard if it is not needed.",
            DOMAIN_EVENT),
    CatchAllKept(
            "The catch-all is left as it is; the message says why.",
            "Change it in the dashboard if it is not wanted.",
            DOMAIN_EVENT,
            CATCH_ALL_EVENT),
    PreviousLost(
            "What the catch-all was before is not known: it is reset to drop, disabled.",
            "Set it in the dashboard if another is wanted.",
            CATCH_ALL_EVENT),
    RestoreImpossible(
            "Cloudflare refuses what was there before: the present one is left.",
            "Read Cloudflare's words in the message, and change it in the dashboard.",
            DOMAIN_EVENT,
            CATCH_ALL_EVENT),
    Abandoned(
            "Released by the annotation `maildomain.io/abandon`: what was done at Cloudflare stays there.",
            "Remove it in the dashboard if it is not needed.",
            DOMAIN_EVENT),
    // -- Events of Secrets that are held
    SecretHeld(
            "The Secret is being deleted and stays a while, as MailDomains need its token to be undone; the message names them.",
            "Nothing: it goes with them, at the time in the message at the latest. See "
                    + "[held Secrets](../guides/deletion.md#hold-the-tokens-secret).",
            SECRET_EVENT),
    SecretReleased(
            "The Secret was deleted and is not held any more, though MailDomains need its token.",
            "Create it again if they should go on.",
            SECRET_EVENT),
    SecretNotHeld(
            "The operator is told to hold the Secret and may not patch it.",
            "List its name in the chart's `heldSecrets.names`, or leave it out of `--held-secrets`.",
            SECRET_EVENT),
    // -- what is deployed: fine
    SourceReady(
            "The files of the source are known, and are those that it names.",
            "Nothing.",
            WORKER_SOURCE_READY,
            SITE_SOURCE_READY),
    TargetsReady(
            "Everything that the deployment needs at Cloudflare is there, granted and free.",
            "Nothing.",
            WORKER_TARGETS_READY,
            SITE_TARGETS_READY),
    Migrated("All migrations are applied, or there are none.", "Nothing.", WORKER_MIGRATED, WORKER_EVENT),
    Deployed(
            "What the spec says was deployed and serves.",
            "Nothing.",
            WORKER_DEPLOYED,
            WORKER_EVENT,
            SITE_DEPLOYED,
            SITE_EVENT),
    TriggersApplied(
            "Schedules, custom domains and routes are as the spec says.",
            "Nothing.",
            WORKER_TRIGGERS_APPLIED,
            WORKER_EVENT,
            SITE_TRIGGERS_APPLIED,
            SITE_EVENT),
    RollingOut(
            "A new version is on its way; the message says which step it is at.",
            "Nothing: it goes on by itself.",
            WORKER_MIGRATED,
            WORKER_DEPLOYED,
            WORKER_RECONCILING,
            SITE_DEPLOYED,
            SITE_RECONCILING,
            WORKER_SOURCE_READY,
            SITE_SOURCE_READY),
    // -- what is deployed: its source
    SourceNotFound(
            "There is no such artifact, ConfigMap or source of Flux, it has nothing to offer yet, or the folder that is named is not in it.",
            "Publish it, or correct the name, the tag or the folder.",
            WORKER_SOURCE_READY,
            SITE_SOURCE_READY),
    SourceRefused(
            "The source cannot be used: its host is not allowed, it wants other credentials, it is larger than 64 MiB or 2,000 files, it holds links or names that lead out of it, or it is no archive.",
            "The message says which; for a host see `--artifact-hosts`, for credentials `pullSecretRef`.",
            WORKER_SOURCE_READY,
            SITE_SOURCE_READY),
    SourceUnavailable(
            "The registry or the host of the artifact does not answer, or not as it should. What serves goes on serving.",
            "Nothing: it is tried again.",
            WORKER_SOURCE_READY,
            SITE_SOURCE_READY),
    DigestMismatch(
            "The bytes of the source are not those that its digest names: nothing is deployed.",
            "Publish it again and name the new digest; if it comes back, find out what changes it on the way.",
            WORKER_SOURCE_READY,
            SITE_SOURCE_READY),
    MainModuleMissing(
            "The source has no file of the name in `mainModule`.",
            "Correct `mainModule` or the source's `path`; the message names what is there.",
            WORKER_SOURCE_READY),
    // -- what is deployed: what must be there at Cloudflare before anything is written
    DeployNotGranted(
            "The account does not grant this namespace the script, project, database, bucket, host name or binding that the message names.",
            "Ask for it in `deploy` of the account's `spec.access`.",
            WORKER_TARGETS_READY,
            SITE_TARGETS_READY),
    DatabaseNotFound(
            "There is no D1 database of that name in the account; the operator creates none.",
            "Create it (`wrangler d1 create NAME`), or correct the name.",
            WORKER_TARGETS_READY),
    BucketNotFound(
            "There is no R2 bucket of that name in that jurisdiction of the account; the operator creates none.",
            "Create it (`wrangler r2 bucket create NAME`), or correct name or jurisdiction.",
            WORKER_TARGETS_READY),
    ProjectNotFound(
            "There is no Pages project of that name in the account.",
            "Create it, or set `createProject: true`.",
            SITE_TARGETS_READY),
    WorkerForeign(
            "Another user or tool deployed the script of that name.",
            "Name another script, delete that one, or set `conflictPolicy: Adopt`: the version that serves is noted then.",
            WORKER_DEPLOYED),
    DeployedByAnother(
            "An older MailWorker deploys the script of that name in the account, or applies migrations to the same database; or an older MailSite deploys to the project.",
            "Delete one of the two, or name another script or project; leave out the migrations of that database in one of the two.",
            WORKER_TARGETS_READY,
            SITE_TARGETS_READY),
    DeployAccountChanged(
            "What was deployed is in another account than the one whose id is given now.",
            "Give the id of that account again; to deploy to another one, delete the resource and create it anew.",
            WORKER_CREDENTIALS_VALID,
            SITE_CREDENTIALS_VALID),
    WorkerKept(
            "The MailWorker was deleted, and the Worker goes on serving: the message says why.",
            "If it is not wanted, delete it in the dashboard or by `wrangler delete`.",
            WORKER_EVENT),
    SiteKept(
            "The MailSite was deleted, and the Pages project goes on serving: the message says why.",
            "If it is not wanted, delete it in the dashboard or by `wrangler pages project delete`.",
            SITE_EVENT),
    DeploymentSplit(
            "Two versions serve the script, a share of the requests each: another user or tool is rolling one out, and a deployment would undo that.",
            "End that rollout in the dashboard or by `wrangler versions deploy`: it goes on when one version serves everything.",
            WORKER_DEPLOYED),
    HostnameTaken(
            "A custom domain leads to another Worker or has a DNS record of its own: it is never taken.",
            "Remove it there, or take it out of `customDomains`.",
            WORKER_TARGETS_READY,
            WORKER_TRIGGERS_APPLIED,
            SITE_TARGETS_READY,
            SITE_TRIGGERS_APPLIED),
    HostnamePending(
            "A custom domain of the Pages project does not serve yet: Pages waits for its DNS record or its certificate.",
            "Create the CNAME record that the message names, which the operator does not; else wait.",
            SITE_TRIGGERS_APPLIED),
    RouteTaken(
            "A route of that pattern leads to another Worker: it is never taken.",
            "Remove it there, or take it out of `routes`.",
            WORKER_TARGETS_READY,
            WORKER_TRIGGERS_APPLIED),
    // -- what is deployed: migrations
    DestructiveMigration(
            "A pending migration takes something away (`DROP`, `RENAME`, `DELETE` or `UPDATE` without `WHERE`): nothing is applied and nothing deployed.",
            "Read the file that the message names; if that is meant, set `destructive: Allow` for that database until it is applied.",
            WORKER_MIGRATED),
    UnreadableMigration(
            "The operator does not understand the SQL of a pending migration, so it cannot tell what it takes away: nothing is applied and nothing deployed.",
            "Write the file that the message names another way, or apply it by `wrangler d1 migrations apply`; no setting allows it.",
            WORKER_MIGRATED),
    MigrationFailed(
            "The database refused a migration. The files before it stay applied, that one changed nothing, and nothing was deployed.",
            "Correct the file by the words of the database in the message; `status.ownership.rollout.restorePoints` has the command that brings the database back.",
            WORKER_MIGRATED,
            WORKER_EVENT),
    // -- what is deployed: the version
    UploadRefused(
            "Cloudflare does not take the files, or the script fails at its start: the version before goes on serving.",
            "Correct it by Cloudflare's words in the message.",
            WORKER_DEPLOYED,
            WORKER_EVENT,
            SITE_DEPLOYED,
            SITE_EVENT),
    ProbeFailed(
            "The new version did not answer the probe well: the version before serves.",
            "The message has the answer; correct the version, or the probe.",
            WORKER_DEPLOYED,
            WORKER_EVENT),
    ProbeFailedAfterMigration(
            "The new version does not answer the probe well after a migration of this rollout was applied, which the version before may not understand: what serves stays as it is; the message says which version that is.",
            "Deploy a version that works. To go back, use the command in `status.ownership.rollout.restorePoints` and `wrangler rollback`; what was written since is lost.",
            WORKER_DEPLOYED,
            WORKER_EVENT),
    Drifted(
            "Another version serves than the one that was deployed, and `drift` is `Report`; of a site always only reported.",
            "To deploy it again, set `drift: Correct` or change the spec; to keep what serves, bring the spec in line with it.",
            WORKER_DEPLOYED,
            WORKER_EVENT,
            WORKER_MIGRATED,
            WORKER_TRIGGERS_APPLIED,
            SITE_DEPLOYED,
            SITE_EVENT),
    WorkerInUse(
            "It is being deleted and waits while a rule of a MailDomain or a CatchAllRule names the Worker.",
            "Take it out of the rules that the message names, or set `deletionPolicy: Retain`.",
            WORKER_DEPLOYED,
            WORKER_EVENT),
    // -- any call to Cloudflare
    RateLimited(
            "Cloudflare asks for fewer requests; a 429 changes no condition.",
            "Nothing: it goes on by itself. See what else uses the token's owner's requests.",
            ReasonPlace.OF_CALLS),
    RequestBudgetUsedUp(
            "The request budget of the token is used up for the moment.", "Nothing: it goes on by itself.", UNSAID),
    WaitingForBudget(
            "Others come first at Cloudflare, which allows no more requests for the moment. Said after a minute, with the "
                    + "time by which it is likely to be served; in `Ready` only where it was never looked at.",
            "Nothing: it goes on by itself. See [limits](../guides/observing.md#waiting-for-cloudflare).",
            ReasonPlace.OF_QUEUES),
    CloudflareUnavailable("Cloudflare failed.", "Nothing: it is tried again.", ReasonPlace.OF_CALLS),
    CloudflareTimeout("Cloudflare did not answer in time.", "Nothing: it is tried again.", ReasonPlace.OF_CALLS),
    CloudflareUnreachable(
            "No trusted connection to Cloudflare's API comes about.",
            "Check DNS, network policies, firewalls, the proxy's CA and `--cloudflare-api-base-url`.",
            ReasonPlace.OF_CALLS),
    ConnectionLost("The connection broke during the call.", "Nothing: it is tried again.", ReasonPlace.OF_CALLS),
    MalformedAnswer(
            "What answers is not Cloudflare.", "Look for a proxy or login page on the way.", ReasonPlace.OF_CALLS),
    AccessBlocked(
            "Something between the operator and Cloudflare's API blocks the call.",
            "Look for a proxy or firewall on the way, and for IP filters of the token.",
            ReasonPlace.OF_CALLS),
    ProxyRefused(
            "A proxy on the way refuses the call.", "Look at the proxy's credentials and rules.", ReasonPlace.OF_CALLS),
    RequestInvalid(
            "Cloudflare does not accept what is asked for.",
            "The message has its words: correct the spec.",
            ReasonPlace.OF_CALLS),
    RequestRefused(
            "Cloudflare refuses the call for a reason that this version does not know.",
            "The message has its words.",
            ReasonPlace.OF_CALLS),
    RuleExists("Cloudflare has another rule for the same address.", "Nothing: the next look decides.", RULES_SYNCED),
    RuleChanged(
            "Cloudflare does not allow this to be done to that rule.",
            "Nothing: the next look decides.",
            RULES_SYNCED,
            CATCH_ALL_APPLIED),
    AddressTooNew(
            "A destination address can be removed 15 minutes after it was added at the earliest.",
            "Nothing: it is tried again then.",
            ReasonPlace.OF_CALLS),
    UploadPassRefused(
            "Cloudflare does not take the pass any more that it gave for uploading files to Pages.",
            "Nothing: the next look asks for another one.",
            ReasonPlace.OF_CALLS),
    NotFound(
            "What the call is about is not there.",
            "Most often the next look decides; else check the name, the account and `--cloudflare-api-base-url`.",
            ReasonPlace.OF_CALLS),
    CallNotSupported(
            "Cloudflare does not support the call any more.",
            "Use a newer mail-domain-operator.",
            ReasonPlace.OF_CALLS),
    NotLeading("This process does not lead any more; another one goes on.", "Nothing.", UNSAID);

    private static final Map<String, Reason> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Reason::name, Function.identity()));

    private static final Set<Reason> LOST_CLAIMS = EnumSet.of(HeldElsewhere, HeldInNamespace, ClaimedElsewhere);

    private static final String TOKEN = "Token";

    private final String meaning;
    private final String remedy;
    private final List<ReasonPlace> places;

    Reason(String meaning, String remedy, ReasonPlace... places) {
        this(meaning, remedy, List.of(), places);
    }

    Reason(String meaning, String remedy, List<ReasonPlace> places, ReasonPlace... more) {
        this.meaning = meaning;
        this.remedy = remedy;
        this.places = Arrays.asList(ReasonPlace.values()).stream()
                .filter(place -> places.contains(place) || List.of(more).contains(place))
                .toList();
    }

    /** The reason of that name; empty for one of another version, of another writer, or null. */
    public static Optional<Reason> of(String name) {
        return Optional.ofNullable(name).map(BY_NAME::get);
    }

    /** One or two sentences of Markdown: what it means. */
    public String meaning() {
        return meaning;
    }

    /** A sentence of Markdown: what to do. */
    public String remedy() {
        return remedy;
    }

    /** Where it appears, in the order of the page. */
    public List<ReasonPlace> places() {
        return places;
    }

    /** Whether it speaks of the token itself rather than of what the token may do: all those whose names begin so. */
    public boolean isAboutToken() {
        return name().startsWith(TOKEN);
    }

    /** Whether a MailDomain that says so of its zone has lost its domain to another one. */
    public boolean isLostClaim() {
        return LOST_CLAIMS.contains(this);
    }
}
