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

/** One address of a mail domain, in the namespace of those who need it. */
@Group("maildomain.io")
@Version("v1alpha1")
@Kind("Mailbox")
@Plural("mailboxes")
@ShortNames({"mbox"})
@Categories({"mail"})
@JsonClassDescription(
        "One address of a mail domain, in the namespace of those who need it. The MailDomain says under spec.mailboxes which namespaces may "
                + "have which addresses.")
@SuppressWarnings("serial") // only serialised as JSON; the records inside are not java.io.Serializable
public class Mailbox extends CustomResource<MailboxSpec, MailboxStatus> implements Namespaced {}
