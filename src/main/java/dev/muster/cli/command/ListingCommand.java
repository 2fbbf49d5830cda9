package dev.muster.cli.command;

import dev.muster.aws.AwsSettings;
import dev.muster.cli.console.ProgressLine;
import dev.muster.cli.console.ProgressLine.AuditProgressLine;
import dev.muster.cli.option.CommonOptions;
import dev.muster.cli.option.CommonOptions.ConsoleOptions;
import dev.muster.cli.option.SourceOptions;
import dev.muster.cli.run.CommandContext;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;

/**
 * A command that lists the objects of buckets.
 *
 * @param <T> the job's tasks
 * @param <R> their results
 * @param <P> partial results
 */
abstract class ListingCommand<T, R, P> extends JobCommand<T, R, P> {
    @ArgGroup(validate = false, heading = "%nWhich buckets:%n", order = 1)
    SourceOptions source = new SourceOptions();

    @Mixin
    CommonOptions common;

    ListingCommand(CommandContext commandContext, Class<T> taskType, Class<R> resultType, Class<P> partialType) {
        super(commandContext, taskType, resultType, partialType);
    }

    @Override
    final ConsoleOptions console() {
        return common.console;
    }

    @Override
    final AwsSettings reach(AwsSettings settings) {
        return source.reach(settings);
    }

    @Override
    final ProgressLine progressLine() {
        return AuditProgressLine::line;
    }
}
