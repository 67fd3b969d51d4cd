package io.maildomain.operator.violations;

import ch.qos.logback.classic.Level;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.maildomain.api.v1alpha1.MailDomain;
import io.maildomain.api.v1alpha1.MailDomainStatus;
import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.app.Main;
import io.maildomain.operator.config.violations.LooksAround;
import io.maildomain.operator.controller.Rescheduling;
import io.maildomain.operator.ownership.StatusWriter;
import io.maildomain.operator.status.Requeue;
import java.time.Duration;
import java.util.Calendar;
import java.util.Date;
import java.util.Optional;
import okhttp3.HttpUrl;
import org.xbill.DNS.Name;
import picocli.CommandLine;

/** What must not be: one class for each rule that it breaks. */
public final class Careless {
    private Careless() {}

    /** Together with {@link LooksAround}. */
    public static final class OfCycles {
        private OfCycles() {}

        static boolean looks() {
            return LooksAround.isKnown();
        }

        public static boolean isKnown() {
            return true;
        }
    }

    static final class OfMain {
        static Class<?> known() {
            return Main.class;
        }
    }

    static final class OfHttp {
        static HttpUrl known() {
            return HttpUrl.get("http://localhost");
        }
    }

    static final class OfDnsjava {
        static Name known() {
            return Name.root;
        }
    }

    static final class OfTheCommandLine {
        static CommandLine known() {
            return new CommandLine(new Object());
        }
    }

    static final class OfLogback {
        static Level known() {
            return Level.INFO;
        }
    }

    static final class OfKubernetes {
        static String known(KubernetesClient client) {
            return client.getNamespace();
        }
    }

    static final class NamedHelper {}

    static final class OfDates {
        static Date now() {
            return new Date();
        }
    }

    static final class OfCalendars {
        static Calendar now() {
            return Calendar.getInstance();
        }
    }

    static final class OfStatuses {
        static void write(StatusWriter<MailDomain, MailDomainStatus> writer, MailDomain live) {
            writer.writeStatus(live, live.getStatus());
        }
    }

    static final class OfFinalizers {
        static void release(StatusWriter<MailDomain, MailDomainStatus> writer, MailDomain live) {
            writer.release(live);
        }
    }

    static final class OfTheNextLook {
        static Duration again(Rescheduling rescheduling, String uid) {
            return rescheduling.after(uid, Requeue.WAITING, Reason.Busy, Duration.ZERO);
        }
    }

    static final class OfSleep {
        static void sleep() throws InterruptedException {
            Thread.sleep(1);
        }
    }

    static final class OfPrinting {
        static void print() {
            System.out.println();
        }
    }

    static final class OfErrors {
        static void print() {
            System.err.println();
        }
    }

    static final class OfTraces {
        static void print(Exception e) {
            e.printStackTrace();
        }
    }

    static final class OfExit {
        static void exit() {
            System.exit(1);
        }
    }

    static final class OfHalt {
        static void halt() {
            Runtime.getRuntime().halt(1);
        }
    }

    static final class OfTheEnvironment {
        static String read() {
            return System.getenv("HOME");
        }
    }

    record OfOptionalFields(Optional<String> name) {}

    static final class OfOptionalParameters {
        public static boolean take(Optional<String> name) {
            return name.isPresent();
        }
    }
}
