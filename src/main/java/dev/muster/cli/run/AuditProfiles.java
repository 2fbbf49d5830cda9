package dev.muster.cli.run;

import dev.muster.audit.profile.FileProfileStore;
import dev.muster.aws.AwsClients;
import dev.muster.cli.console.Console;
import dev.muster.cli.console.FileErrors;
import dev.muster.cli.option.SourceOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Opens the store of bucket profiles of this machine. */
public final class AuditProfiles {
    private AuditProfiles() {}

    /** The store; empty if nothing is to be learned, or there is no directory for it. */
    public static Optional<FileProfileStore> open(
            CommandContext commandContext, SourceOptions source, AwsClients clients) {
        return source.learn && commandContext.repeatable()
                ? commandContext
                        .directories()
                        .state()
                        .map(state -> in(state.resolve("learned"), commandContext, source, clients))
                : Optional.empty();
    }

    private static FileProfileStore in(
            Path directory, CommandContext commandContext, SourceOptions source, AwsClients clients) {
        return new FileProfileStore(
                directory,
                () -> clients.settings().endpointOf("s3").map(Object::toString).orElse(""),
                source.prefix(),
                source.versions,
                problem -> warn(commandContext.console(), directory, problem));
    }

    private static void warn(Console console, Path directory, IOException problem) {
        console.line("muster: warning: what was learned of buckets cannot be kept in " + directory + ": "
                + FileErrors.reason(problem) + "; that costs time, nothing else (--no-learn does without)");
    }
}
