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

/** A Pages project: a web client for mail, for example. */
@Group("maildomain.io")
@Version("v1alpha1")
@Kind("MailSite")
@Plural("mailsites")
@ShortNames({"msite"})
@Categories({"mail"})
@JsonClassDescription(
        "A site on Cloudflare Pages, such as a web client for mail. The operator takes its files from a source and "
                + "deploys them to a Pages project.")
@SuppressWarnings("serial") // only serialised as JSON; the records inside are not java.io.Serializable
public class MailSite extends CustomResource<MailSiteSpec, MailSiteStatus> implements Namespaced {}
