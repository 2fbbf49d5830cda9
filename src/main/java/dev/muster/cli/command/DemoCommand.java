package dev.muster.cli.command;

import dev.muster.cli.ExitCodes;
import dev.muster.cli.Main;
import dev.muster.cli.UserException;
import dev.muster.cli.console.SignalHandler;
import dev.muster.cli.option.Configuration;
import dev.muster.cli.run.CommandContext;
import dev.muster.emulator.DemoMessages;
import dev.muster.emulator.Estate;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Demonstrates Muster on a cloud inside this process. The user's configuration is ignored: it may name files of real
 * reports, and the launcher also runs the demo on its own.
 */
@Command(
        name = "demo",
        description =
                "Audits a practice cloud inside this process, lists its contacts and empties a queue: no network, no account, no credentials.",
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  muster demo",
            "  muster demo --serve > practice.env",
            "  . ./practice.env; muster audit --org      in another terminal"
        })
final class DemoCommand implements Callable<Integer> {
    private static final int MESSAGES = 3000;
    private static final String DAY = "events/prod/20220404";
    private static final int LINES = 5;

    @Option(
            names = "--serve",
            description = "keep the practice cloud up until Ctrl-C, and print what a shell needs to use it")
    boolean serve;

    @Spec
    CommandSpec spec;

    private final CommandContext commandContext;

    DemoCommand(CommandContext commandContext) {
        this.commandContext = commandContext;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (DemoQueue practice = new DemoQueue(Estate.demo())) {
            return serve ? serve(practice) : show(practice);
        } catch (NoClassDefFoundError e) {
            throw new UserException(
                    ExitCodes.FAILED,
                    "cannot start the practice cloud: " + e.getMessage()
                            + " is missing; keep muster-practice-cloud.jar beside muster.jar",
                    e);
        }
    }

    private int serve(DemoQueue practice) throws InterruptedException {
        practice.fill(DemoMessages.bodies(MESSAGES));
        CountDownLatch end = new CountDownLatch(1);
        try (SignalHandler interrupts = new SignalHandler(end::countDown)) {
            PrintWriter out = spec.commandLine().getOut();
            out.println("export AWS_ENDPOINT_URL=" + practice.cloud().endpoint());
            out.println("export AWS_REGION=" + Estate.REGION);
            out.println("export AWS_ACCESS_KEY_ID=" + practice.owner().accessKeyId());
            out.println("export AWS_SECRET_ACCESS_KEY=" + practice.owner().secretAccessKey());
            if (!Main.printed(out)) { // the user could not read how to use it; every command reports that at its end
                return ExitCodes.COMPLETE;
            }
            say("the practice cloud is up until Ctrl-C, with " + MESSAGES + " messages in the queue "
                    + DemoQueue.QUEUE + "; give these lines to the shell of another terminal, then try there:"
                    + " muster audit --org --sizeunit auto");
            end.await();
        }
        say("the practice cloud is gone");
        return ExitCodes.COMPLETE;
    }

    private int show(DemoQueue practice) {
        say("the practice cloud is at " + practice.cloud().endpoint() + "; now: muster audit --org --sizeunit auto");
        int audit = run(practice, "audit", "--org", "--sizeunit=auto");
        if (audit != ExitCodes.INCOMPLETE) {
            return audit;
        }
        say("one bucket refuses to be read, so the audit is incomplete: by itself it would end with exit code 3");
        say("now: muster contacts --format table --sort");
        int contacts = run(practice, "contacts", "--format=table", "--sort");
        return contacts == ExitCodes.COMPLETE ? events(practice) : contacts;
    }

    private int events(DemoQueue practice) {
        practice.fill(DemoMessages.bodies(MESSAGES));
        say("a queue now holds " + MESSAGES + " messages, some of them broken; now: muster events --queue "
                + DemoQueue.QUEUE);
        int end = run(practice, "events", "--queue=" + DemoQueue.QUEUE);
        if (end != ExitCodes.COMPLETE) {
            return end;
        }
        say("the first lines of s3://" + DemoQueue.BUCKET + "/" + DAY);
        PrintWriter out = spec.commandLine().getOut();
        practice.head(DAY, LINES).forEach(out::println);
        out.flush();
        String program = CommandContext.program();
        say("that was all of it; next, with this practice cloud kept up by " + program + " demo --serve:");
        say("  " + program + " du s3://acme-request-logs                      where its bytes are");
        say("  " + program + " inventory acme-cloudtrail --output rows        its objects as rows, in Parquet");
        say("  " + program + " audit --org --format html --output audit.html  a page for a browser");
        say("or, with the credentials that aws-cli uses:");
        say("  " + program + " policy audit     the permissions that an audit needs");
        say("  " + program + " audit            counts the buckets of your account");
        return ExitCodes.COMPLETE;
    }

    private int run(DemoQueue practice, String command, String... options) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of(options));
        arguments.add("--endpoint-url=" + practice.cloud().endpoint());
        arguments.add("--region=" + Estate.REGION);
        arguments.add("--keyid=" + practice.owner().accessKeyId());
        arguments.add("--secret=" + practice.owner().secretAccessKey());
        return Main.commandLine(
                        commandContext.unrepeatable(arguments).isolated(Configuration.defaults()),
                        spec.commandLine().getOut())
                .execute(arguments.toArray(String[]::new));
    }

    private void say(String text) {
        commandContext.console().line("muster: " + text);
    }
}
