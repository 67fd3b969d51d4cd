/**
 * Which of several MailDomains for one domain manages it (DESIGN, Claims). Pure: claims are made from what the cluster
 * shows, with the grants of account. domain and catchall ask; it makes no call to Cloudflare.
 */
package io.maildomain.operator.claims;
