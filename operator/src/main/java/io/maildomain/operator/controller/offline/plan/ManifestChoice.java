package io.maildomain.operator.controller.offline.plan;

import io.maildomain.api.v1alpha1.ConflictPolicy;
import io.maildomain.api.v1alpha1.Credentials;

/**
 * What the user chose for all manifests of an import.
 *
 * @param namespace of the resources
 * @param credentials which they name
 * @param conflicts what becomes of a rule of others once its address is given another action
 */
public record ManifestChoice(String namespace, Credentials credentials, ConflictPolicy conflicts) {}
