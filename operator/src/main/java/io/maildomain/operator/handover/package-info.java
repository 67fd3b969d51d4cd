/**
 * What passes from a MailDomain that goes to the one that manages its domain next: who that is, how two ownership records
 * become one, and the evidence of how old a zone's first holder was. domain and catchall ask; no call changes anything at
 * Cloudflare.
 */
package io.maildomain.operator.handover;
