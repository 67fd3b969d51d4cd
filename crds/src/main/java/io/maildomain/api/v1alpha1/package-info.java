/**
 * The Kubernetes API {@code maildomain.io/v1alpha1} as Java records: what people write and what the operator answers.
 * Only data, no decisions; the CRD manifests in {@code crds/*.yaml} are generated from it. It depends on fabric8's
 * client and Jackson, and on nothing of ours; every module may depend on it.
 */
package io.maildomain.api.v1alpha1;
