package dev.muster.cli;

import dev.muster.sandbox.DemoMessages;
import dev.muster.sandbox.Estate;
import dev.muster.sandbox.PracticeAccount;
import dev.muster.sandbox.PracticeCloud;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Shows Muster at work on a cloud inside this process. The user's configuration does not count: it may name files of real
 * reports, and the launcher runs the demo where nobody has asked for it.
 */
@Command(
        name = "demo",
        description =
                "Audits a practice cloud inside this process, lists its contacts and empties a queue: no network, no account, no credentials.",
        footer = {"", "Example: muster demo"})
final class DemoCommand implements Callable<Integer> {
    private static final int MESSAGES = 3000;
    private static final String DAY = "events/prod/20220404";
    private static final int LINES = 5;

    @Spec
    CommandSpec spec;

    private final Invocation invocation;

    DemoCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        Estate estate = Estate.demo();
        int end;
        try (PracticeCloud cloud = PracticeCloud.start(estate)) {
            end = stock(cloud, estate.management());
        }
        return end == ExitCodes.COMPLETE ? events() : end;
    }

    private int stock(PracticeCloud cloud, PracticeAccount management) {
        say("the practice cloud is at " + cloud.endpoint() + "; now: muster audit --org --sizeunit auto");
        int audit = run(cloud, management, "audit", "--org", "--sizeunit=auto");
        if (audit != ExitCodes.INCOMPLETE) {
            return audit;
        }
        say("one bucket refuses to be read, so the audit is incomplete: by itself it would end with exit code 3");
        say("now: muster contacts --format table --sort");
        return run(cloud, management, "contacts", "--format=table", "--sort");
    }

    private int events() {
        try (DemoQueue queue = new DemoQueue()) {
            queue.fill(DemoMessages.bodies(MESSAGES));
            say("a queue now holds " + MESSAGES + " messages, some of them broken; now: muster events --queue "
                    + DemoQueue.QUEUE);
            int end = run(queue.cloud(), queue.owner(), "events", "--queue=" + DemoQueue.QUEUE);
            say("the first lines of s3://logpublish/" + DAY);
            PrintWriter out = spec.commandLine().getOut();
            queue.head(DAY, LINES).forEach(out::println);
            out.flush();
            return end;
        }
    }

    private int run(PracticeCloud cloud, PracticeAccount management, String command, String... options) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of(options));
        arguments.add("--endpoint-url=" + cloud.endpoint());
        arguments.add("--region=" + Estate.REGION);
        arguments.add("--keyid=" + management.accessKeyId());
        arguments.add("--secret=" + management.secretAccessKey());
        return Main.commandLine(
                        invocation.unrepeatable(arguments).with(Configuration.defaults()),
                        spec.commandLine().getOut())
                .execute(arguments.toArray(String[]::new));
    }

    private void say(String text) {
        invocation.talk().line("muster: " + text);
    }
}
