package dev.muster.cli.command;

import dev.muster.aws.AwsClients;
import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import dev.muster.cli.console.RowProgress;
import dev.muster.cli.option.ReadingOptions;
import dev.muster.cli.policy.IamPolicy;
import dev.muster.cli.policy.IamPolicy.PolicySource;
import dev.muster.cli.policy.ReadingPolicy;
import dev.muster.cli.run.CommandContext;
import dev.muster.cli.run.ObjectSource;
import dev.muster.cli.run.ObjectSource.ListingEndedException;
import dev.muster.cli.run.ReportDestination;
import dev.muster.engine.TaskException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that reads the objects of buckets and inventories, and writes what it finds. */
abstract class ReadingCommand implements Callable<Integer>, PolicySource {
    @Spec
    CommandSpec spec;

    final CommandContext commandContext;

    ReadingCommand(CommandContext commandContext) {
        this.commandContext = commandContext;
    }

    abstract ReadingOptions reading();

    /** The buckets and inventories, as they were named. */
    abstract List<String> sources();

    /** Reads the sources and writes the result; returns the exit code. */
    abstract int read(ReportDestination destination, RowProgress progress) throws IOException;

    @Override
    public final Integer call() {
        ReportDestination destination =
                new ReportDestination(reading().file(), spec.commandLine().getOut());
        destination.check();
        RowProgress progress =
                new RowProgress(commandContext.console(), reading().console.showsProgress());
        try {
            return read(destination, progress);
        } catch (ListingEndedException e) {
            return e.exitCode();
        } catch (TaskException e) {
            throw new UserException(ExitCodes.FAILED, e.failure().message(), e);
        } catch (IOException e) {
            throw new UserException(ExitCodes.FAILED, e.getMessage(), e);
        } finally {
            progress.end();
        }
    }

    /** @param relative whether keys are told without the prefix that was listed */
    final ObjectSource open(String source, boolean relative) throws IOException {
        return ObjectSource.open(source, relative, commandContext, reading().console, this::clients);
    }

    private AwsClients clients(int connections) {
        return new AwsClients(reading().aws.settings(commandContext.config(), commandContext.aws(), connections));
    }

    @Override
    public final IamPolicy policy() {
        List<String> inventories =
                sources().stream().filter(ObjectSource::isInventory).toList();
        List<String> buckets = sources().stream()
                .filter(source -> !inventories.contains(source))
                .toList();
        IamPolicy policy = ReadingPolicy.of(buckets, inventories, Optional.ofNullable(reading().aws.region));
        if (policy.statements().isEmpty()) {
            throw new UserException(
                    ExitCodes.USAGE,
                    spec.qualifiedName() + " of inventories on this machine needs no permissions in AWS");
        }
        return policy;
    }
}
