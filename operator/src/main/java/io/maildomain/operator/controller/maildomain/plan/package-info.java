/**
 * What is to be done for a MailDomain, decided from what is asked for and what stands at Cloudflare. Pure: API types and
 * values only, no client, no clock. The tests are dense here.
 */
@NullMarked
package io.maildomain.operator.controller.maildomain.plan;

import org.jspecify.annotations.NullMarked;
