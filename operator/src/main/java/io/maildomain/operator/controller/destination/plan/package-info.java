/**
 * What is to be done about one destination address, and whether it goes with its resource, decided on what the account has and on what was
 * noted. Pure: API types and values only.
 */
@NullMarked
package io.maildomain.operator.controller.destination.plan;

import org.jspecify.annotations.NullMarked;
