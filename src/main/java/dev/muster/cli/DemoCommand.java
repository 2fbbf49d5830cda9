package dev.muster.cli;

import dev.muster.sandbox.Estate;
import dev.muster.sandbox.PracticeAccount;
import dev.muster.sandbox.PracticeCloud;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows Muster at work on a cloud inside this process. */
@Command(
        name = "demo",
        description =
                "Audits a practice cloud inside this process and lists its contacts: no network, no account, no credentials.",
        footer = {"", "Example: muster demo"})
final class DemoCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    private final Invocation invocation;

    DemoCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        Estate estate = Estate.demo();
        PracticeAccount management = estate.accounts().get(0);
        try (PracticeCloud cloud = PracticeCloud.start(estate)) {
            say("the practice cloud is at " + cloud.endpoint() + "; now: muster audit --org --sizeunit auto");
            int audit = run(cloud, management, "audit", "--org", "--sizeunit=auto");
            if (audit != ExitCodes.INCOMPLETE) {
                return audit;
            }
            say("one bucket refuses to be read, so the audit is incomplete: by itself it would end with exit code 3");
            say("now: muster contacts --format table --sort");
            return run(cloud, management, "contacts", "--format=table", "--sort");
        }
    }

    private int run(PracticeCloud cloud, PracticeAccount management, String command, String... options) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of(options));
        arguments.add("--endpoint-url=" + cloud.endpoint());
        arguments.add("--region=" + Estate.REGION);
        arguments.add("--keyid=" + management.accessKeyId());
        arguments.add("--secret=" + management.secretAccessKey());
        return Main.commandLine(invocation.unrepeatable(), spec.commandLine().getOut())
                .execute(arguments.toArray(String[]::new));
    }

    private void say(String text) {
        invocation.talk().line("muster: " + text);
    }
}
