package io.maildomain.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** One address that mail can be forwarded to, once its owner has clicked the link that Cloudflare mails. */
@Group("maildomain.io")
@Version("v1alpha1")
@Kind("DestinationAddress")
@Plural("destinationaddresses")
@ShortNames({"dest"})
@Categories({"mail"})
@JsonClassDescription(
        "One address that mail can be forwarded to. Where it is missing in the Cloudflare account it is created there, and Cloudflare mails "
                + "a link to it; once its owner has clicked that, rules can forward to it.")
@SuppressWarnings("serial") // only serialised as JSON; the records inside are not java.io.Serializable
public class DestinationAddress extends CustomResource<DestinationAddressSpec, DestinationAddressStatus>
        implements Namespaced {}
