/**
 * Where the files of a deployment come from: OCI artifacts, artifacts of Flux, ConfigMaps. Sources are hostile: what is read is
 * bounded, checked against its digest, and fetched only from hosts that the installation allows.
 */
@NullMarked
package io.maildomain.operator.sources;

import org.jspecify.annotations.NullMarked;
