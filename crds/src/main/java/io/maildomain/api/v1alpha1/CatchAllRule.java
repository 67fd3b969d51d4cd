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

/** Where mail goes that no rule of a mail domain names. */
@Group("maildomain.io")
@Version("v1alpha1")
@Kind("CatchAllRule")
@Plural("catchallrules")
@ShortNames({"catchall"})
@Categories({"mail"})
@JsonClassDescription("Where mail goes that no rule of a mail domain names. There is one per domain: of several the "
        + "oldest wins, the others say Conflict.")
@SuppressWarnings("serial") // only serialised as JSON; the records inside are not java.io.Serializable
public class CatchAllRule extends CustomResource<CatchAllRuleSpec, CatchAllRuleStatus> implements Namespaced {}
