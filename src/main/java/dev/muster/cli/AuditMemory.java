package dev.muster.cli;

import dev.muster.audit.learn.BucketMemory;
import dev.muster.aws.AwsClients;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Where an audit on this machine keeps what it learns of buckets. */
final class AuditMemory {
    private AuditMemory() {}

    /** Empty where nothing is to be learned, or there is no place to keep it. */
    static Optional<BucketMemory> open(Invocation invocation, AuditOptions audit, AwsClients clients) {
        return audit.learn && invocation.repeatable()
                ? invocation
                        .directories()
                        .state()
                        .map(state -> in(state.resolve("learned"), invocation, audit, clients))
                : Optional.empty();
    }

    private static BucketMemory in(Path directory, Invocation invocation, AuditOptions audit, AwsClients clients) {
        return new BucketMemory(
                directory,
                () -> clients.s3Endpoint().map(Object::toString).orElse(""),
                audit.prefix,
                audit.versions,
                problem -> warn(invocation.talk(), directory, problem));
    }

    private static void warn(Talk talk, Path directory, IOException problem) {
        talk.line("muster: warning: what was learned of buckets cannot be kept in " + directory + ": "
                + Errors.reason(problem) + "; that costs time, nothing else (--no-learn does without)");
    }
}
