package io.maildomain.operator.controller.mailsite.plan;

import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.status.ConditionType;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What stands in the way of a site's deployment, with all that its sentence names. The sentence says what to do next. */
public sealed interface SiteObstacle {

    /** The reason of the condition. */
    Reason reason();

    /** What people read. */
    String sentence();

    /** The condition that is not True. */
    default ConditionType at() {
        return ConditionType.TARGETS_READY;
    }

    /**
     * @param list of {@code access[].deploy} that would grant it
     * @param name that is not granted
     */
    record NotGranted(String list, String name) implements SiteObstacle {
        @Override
        public Reason reason() {
            return Reason.DeployNotGranted;
        }

        @Override
        public String sentence() {
            return ("the account does not grant \"%s\" to this namespace: an administrator can add it to"
                            + " access[].deploy.%s of the CloudflareAccount")
                    .formatted(name, list);
        }
    }

    /** The project is not there, and is not to be created. */
    record NoProject(String name) implements SiteObstacle {
        @Override
        public Reason reason() {
            return Reason.ProjectNotFound;
        }

        @Override
        public String sentence() {
            return "the account has no Pages project \"%s\": set createProject: true, or correct spec.project"
                    .formatted(name);
        }
    }

    /** @param holder what the hostname leads to */
    record DomainTaken(String host, String holder) implements SiteObstacle {
        @Override
        public Reason reason() {
            return Reason.HostnameTaken;
        }

        @Override
        public String sentence() {
            return "%s leads to %s, and is not taken from it: remove it there, or take it out of spec.customDomains"
                    .formatted(host, holder);
        }
    }

    /** A variable of the spec that people have set as a secret: its value would be lost. */
    record VariableIsSecret(String project, String name) implements SiteObstacle {
        @Override
        public Reason reason() {
            return Reason.RequestInvalid;
        }

        @Override
        public String sentence() {
            return ("%s is a secret of the Pages project %s, and is not replaced by a text: give the variable another name in"
                            + " spec.variables, or delete the secret there")
                    .formatted(name, project);
        }
    }

    /** A hostname that Pages says is in use, though no Worker has it and not this project: that shows only when it is added. */
    record DomainElsewhere(String host) implements SiteObstacle {
        @Override
        public Reason reason() {
            return Reason.HostnameTaken;
        }

        @Override
        public ConditionType at() {
            return ConditionType.TRIGGERS_APPLIED;
        }

        @Override
        public String sentence() {
            return ("%s belongs to another Pages project, and is not taken from it: remove it there under Custom domains, or"
                            + " take it out of spec.customDomains. The deployment serves")
                    .formatted(host);
        }
    }

    /** @param deployment its id */
    record UnderWay(String deployment) implements SiteObstacle {
        @Override
        public Reason reason() {
            return Reason.RollingOut;
        }

        @Override
        public ConditionType at() {
            return ConditionType.DEPLOYED;
        }

        @Override
        public String sentence() {
            return "Cloudflare is not through with deployment %s yet".formatted(deployment);
        }
    }

    /** Cloudflare took the files and could not deploy them. */
    record Failed(String project, String deployment) implements SiteObstacle {
        @Override
        public Reason reason() {
            return Reason.UploadRefused;
        }

        @Override
        public ConditionType at() {
            return ConditionType.DEPLOYED;
        }

        @Override
        public String sentence() {
            return ("Cloudflare could not finish deployment %s of %s; what served before goes on serving. Read its log in the"
                            + " dashboard and correct the source; to try the same again, set the annotation"
                            + " maildomain.io/reconcile-requested-at")
                    .formatted(deployment, project);
        }
    }

    /** Cloudflare does not take the deployment at all. @param words what it says */
    record NotTaken(String words) implements SiteObstacle {
        @Override
        public Reason reason() {
            return Reason.UploadRefused;
        }

        @Override
        public ConditionType at() {
            return ConditionType.DEPLOYED;
        }

        @Override
        public String sentence() {
            return "Cloudflare refuses the deployment: %s. What served before goes on serving. Correct the source"
                    .formatted(words);
        }
    }

    /** @param deployment that serves instead of ours; empty where none does */
    record OthersDeployed(String project, String deployment) implements SiteObstacle {
        @Override
        public Reason reason() {
            return Reason.Drifted;
        }

        @Override
        public ConditionType at() {
            return ConditionType.DEPLOYED;
        }

        @Override
        public String sentence() {
            return deployment.isEmpty()
                    ? "others deleted the deployment of %s, and it stays so: change the source or a variable"
                            .formatted(project)
                    : ("others deployed to %s or went back: %s serves, and it stays so. Change the source or a variable, or go back"
                                    + " to the operator's deployment in the dashboard")
                            .formatted(project, deployment);
        }
    }

    /** The project was deployed to, and is not there any more. */
    record ProjectDeleted(String project) implements SiteObstacle {
        @Override
        public Reason reason() {
            return Reason.Drifted;
        }

        @Override
        public ConditionType at() {
            return ConditionType.DEPLOYED;
        }

        @Override
        public String sentence() {
            return ("others deleted the Pages project %s, and it stays so: change the source or a variable to have it created"
                            + " again")
                    .formatted(project);
        }
    }

    /** @param pending how each hostname that does not serve stands, in Cloudflare's word */
    record DomainsPending(String project, Map<String, String> pending) implements SiteObstacle {
        public DomainsPending {
            pending = Map.copyOf(pending);
        }

        @Override
        public Reason reason() {
            return Reason.HostnamePending;
        }

        @Override
        public ConditionType at() {
            return ConditionType.TRIGGERS_APPLIED;
        }

        @Override
        public String sentence() {
            String hosts = new TreeMap<>(pending)
                    .entrySet().stream()
                            .map(host -> host.getKey() + " is " + host.getValue())
                            .collect(Collectors.joining(", "));
            return "Pages does not serve all hostnames yet (%s): each needs a DNS record CNAME to %s.pages.dev, and a while for its certificate"
                    .formatted(hosts, project);
        }
    }
}
