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

/** A Worker script: its files, what it is bound to, and which requests go to it. */
@Group("maildomain.io")
@Version("v1alpha1")
@Kind("MailWorker")
@Plural("mailworkers")
@ShortNames({"mworker"})
@Categories({"mail"})
@JsonClassDescription(
        "A Worker script that handles mail or serves an API. The operator takes its files from a source, applies "
                + "the migrations of its databases, deploys it and brings its schedules, custom domains and routes in line with the spec; it never "
                + "takes over what another user or tool deployed unless the spec says so.")
@SuppressWarnings("serial") // only serialised as JSON; the records inside are not java.io.Serializable
public class MailWorker extends CustomResource<MailWorkerSpec, MailWorkerStatus> implements Namespaced {}
