/**
 * Which of several MailDomains for one domain manages it (DESIGN, Claims). Pure: claims are made from what the cluster
 * shows. domain and catchall ask; it knows nothing of Cloudflare.
 */
package io.maildomain.operator.claims;
