package dev.muster.emulator.server;

import dev.muster.emulator.PracticeAccount;
import java.time.Instant;
import java.util.Optional;

/**
 * Owner of an access key.
 *
 * @param arn of the user or the assumed role
 * @param uniqueId what GetCallerIdentity calls UserId
 * @param sessionToken required with temporary credentials
 * @param expires of temporary credentials
 */
public record Principal(
        PracticeAccount account,
        String arn,
        String uniqueId,
        Optional<String> sessionToken,
        Optional<Instant> expires) {}
