/**
 * What can be set from outside: the flags of {@code run}, their environment variables, their checks, and the immutable {@link io.maildomain.operator.settings.OperatorSettings} that the
 * rest of the operator is given. Values only: no client, no clock, no thread.
 * Any package may take its own part of the settings as a constructor argument; this one depends on none of ours.
 */
package io.maildomain.operator.settings;
