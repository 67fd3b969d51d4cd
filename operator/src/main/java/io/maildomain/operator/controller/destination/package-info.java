/**
 * DestinationAddresses: created where they are missing, followed until the link is clicked, deleted only where the operator created them and
 * nothing forwards to them; and what other controllers ask about which addresses are verified.
 */
@NullMarked
package io.maildomain.operator.controller.destination;

import org.jspecify.annotations.NullMarked;
