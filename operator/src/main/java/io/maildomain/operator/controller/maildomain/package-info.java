/**
 * The MailDomain: observe, plan, apply, and say in the status what came of it; cleanup runs the same way. Decisions stand in
 * {@code plan}; what is here reads, writes and reports. It knows no other controller.
 */
@NullMarked
package io.maildomain.operator.controller.maildomain;

import org.jspecify.annotations.NullMarked;
