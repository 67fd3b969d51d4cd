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

/** A mail domain on Cloudflare Email Routing: its zone, its DNS records and its routing rules. */
@Group("maildomain.io")
@Version("v1alpha1")
@Kind("MailDomain")
@Plural("maildomains")
@ShortNames({"mdom"})
@Categories({"mail"})
@JsonClassDescription("A mail domain on Cloudflare Email Routing. The operator finds or creates the domain's zone, "
        + "enables Email Routing, brings its DNS records and routing rules in line with the spec and keeps "
        + "them there; when the MailDomain is deleted it undoes exactly what it did.")
@SuppressWarnings("serial") // only serialised as JSON; the records inside are not java.io.Serializable
public class MailDomain extends CustomResource<MailDomainSpec, MailDomainStatus> implements Namespaced {}
