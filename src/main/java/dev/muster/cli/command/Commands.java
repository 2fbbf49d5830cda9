package dev.muster.cli.command;

import dev.muster.cli.command.ClusterCommand.ClusterCancelCommand;
import dev.muster.cli.command.ClusterCommand.ClusterStatusCommand;
import dev.muster.cli.run.CommandContext;
import dev.muster.cli.run.NodeAws;
import dev.muster.cluster.JobType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;

/** The commands of the program. A job that is listed here can also be done by nodes of a cluster. */
public final class Commands {
    private static final Set<String> NEED_ALL = Set.of("attach", "completion", "man-pages");

    private Commands() {}

    /** The commands by name; each is described only on demand, as that takes a moment. */
    public static Map<String, Supplier<CommandLine>> of(CommandContext commandContext) {
        Map<String, Supplier<CommandLine>> commands = new LinkedHashMap<>();
        commands.put("audit", () -> new CommandLine(new AuditCommand(commandContext)));
        commands.put("inventory", () -> new CommandLine(new InventoryCommand(commandContext)));
        commands.put("du", () -> new CommandLine(new DuCommand(commandContext)));
        commands.put("events", () -> new CommandLine(new EventsCommand(commandContext))
                .addSubcommand(new BackfillCommand(commandContext)));
        commands.put("contacts", () -> new CommandLine(new ContactsCommand(commandContext))
                .addSubcommand(new ContactsSetCommand(commandContext)));
        commands.put("report", () -> new CommandLine(new ReportCommand(commandContext)));
        commands.put("browse", () -> new CommandLine(new BrowseCommand(commandContext)));
        commands.put("diff", () -> new CommandLine(new DiffCommand(commandContext)));
        commands.put("compare", () -> new CommandLine(new CompareCommand(commandContext)));
        commands.put("duplicates", () -> new CommandLine(new DuplicatesCommand(commandContext)));
        commands.put("policy", () -> new CommandLine(new PolicyCommand(commandContext)).setStopAtPositional(true));
        commands.put("demo", () -> new CommandLine(new DemoCommand(commandContext)));
        commands.put("prove", () -> new CommandLine(new ProveCommand(commandContext)));
        commands.put("node", () -> new CommandLine(new NodeCommand(commandContext)));
        commands.put("cluster", () -> new CommandLine(new ClusterCommand(commandContext))
                .addSubcommand(new ClusterStatusCommand(commandContext))
                .addSubcommand(new ClusterCancelCommand(commandContext)));
        commands.put("attach", () -> new CommandLine(new AttachCommand(commandContext)));
        commands.put("completion", () -> new CommandLine(new CompletionCommand()));
        commands.put("man-pages", () -> new CommandLine(new ManPagesCommand()));
        return commands;
    }

    /** Tells whether a command needs the others: any may have submitted the run to attach to, and any is completed. */
    public static boolean needsAll(String name) {
        return NEED_ALL.contains(name);
    }

    /** The jobs that nodes of a cluster can do, with a node's credentials. */
    public static List<JobType<?, ?, ?>> jobTypes(CommandContext commandContext, NodeAws aws) {
        List<JobType<?, ?, ?>> jobs = new ArrayList<>();
        for (Supplier<CommandLine> command : of(commandContext).values()) {
            if (command.get().getCommand() instanceof JobCommand<?, ?, ?> job) {
                jobs.add(job.onNodes(command, aws));
            }
        }
        return jobs;
    }
}
