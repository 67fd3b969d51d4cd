package io.maildomain.operator.violations;

import io.maildomain.operator.cloudflare.ApiError;
import io.maildomain.operator.cloudflare.CloudflareError;
import io.maildomain.operator.cloudflare.Failure.Refused;

/** What must not be: decisions outside of the client that know a code of Cloudflare's. */
final class KnowsCodes {
    private static final int ZONE_EXISTS = 1061;

    private KnowsCodes() {}

    /** Reads the code of one error. */
    static final class OfAnError {
        private OfAnError() {}

        static boolean exists(ApiError error) {
            return error.code() == ZONE_EXISTS;
        }
    }

    /** Reads the first code. */
    static final class OfARefusal {
        private OfARefusal() {}

        static boolean exists(Refused refused) {
            return refused.code() == ZONE_EXISTS;
        }
    }

    /** Names the constant. */
    static final class ByName {
        private ByName() {}

        static boolean exists(Refused refused) {
            return refused.has(CloudflareError.ZONE_EXISTS);
        }
    }
}
