package dev.muster.emulator.server;

import dev.muster.emulator.PracticeAccount;
import java.time.Instant;
import java.util.Optional;

/**
 * Whom an access key stands for.
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
