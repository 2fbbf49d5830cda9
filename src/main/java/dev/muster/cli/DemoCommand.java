package dev.muster.cli;

import dev.muster.sandbox.Estate;
import dev.muster.sandbox.PracticeAccount;
import dev.muster.sandbox.PracticeCloud;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows Muster at work on a cloud inside this process. */
@Command(
        name = "demo",
        description = "Audits a practice cloud inside this process: no network, no account, no credentials.",
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
            CommandLine muster = Main.commandLine(
                    invocation.unrepeatable(), spec.commandLine().getOut());
            int code = muster.execute(List.of(
                            "audit",
                            "--org",
                            "--sizeunit=auto",
                            "--endpoint-url=" + cloud.endpoint(),
                            "--region=" + Estate.REGION,
                            "--keyid=" + management.accessKeyId(),
                            "--secret=" + management.secretAccessKey())
                    .toArray(String[]::new));
            if (code != ExitCodes.INCOMPLETE) {
                return code;
            }
            say("one bucket refuses to be read, so the audit is incomplete: by itself it would end with exit code 3");
            return ExitCodes.COMPLETE;
        }
    }

    private void say(String text) {
        invocation.talk().line("muster: " + text);
    }
}
