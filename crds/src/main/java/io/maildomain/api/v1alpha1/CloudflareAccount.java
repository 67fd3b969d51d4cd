package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * Where the API tokens of a Cloudflare account are, and which namespaces may use them for what. In no category: kubectl
 * deletes across kinds by category, and a user who clears a namespace must not reach what the whole cluster uses.
 */
@Group("maildomain.io")
@Version("v1alpha1")
@Kind("CloudflareAccount")
@Plural("cloudflareaccounts")
@ShortNames({"cfa"})
@JsonClassDescription("A Cloudflare account: the Secrets that hold its API tokens, and which namespaces may use them "
        + "for which domains, Workers and destination addresses. The account named default is used by "
        + "every MailDomain that names no credentials.")
@SuppressWarnings("serial") // only serialised as JSON; the records inside are not java.io.Serializable
public class CloudflareAccount extends CustomResource<CloudflareAccountSpec, CloudflareAccountStatus> {}
