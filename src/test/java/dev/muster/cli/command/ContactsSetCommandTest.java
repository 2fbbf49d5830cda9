package dev.muster.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.cli.CapturedConsole;
import dev.muster.cli.CapturedConsole.Result;
import dev.muster.cli.ChildProcess;
import dev.muster.cli.ExitCodes;
import dev.muster.cli.console.Stdout;
import dev.muster.contacts.Practice;
import dev.muster.emulator.ContactBook.PracticeContact;
import dev.muster.emulator.FaultProfile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContactsSetCommandTest {
    private static final String WITHOUT_BILLING = "111111111116";
    private static final String VALID = """
            {"account_id": "%s", "workload_owner": "owner@example.org"}
            """.formatted(WITHOUT_BILLING);
    private static final String WISHES = VALID + """
            {"account_id": "999999999999", "email_address": "a@example.org"}
            """;

    @TempDir
    Path home;

    private Practice practice;

    @BeforeEach
    void start() {
        practice = new Practice(8, 100);
    }

    @AfterEach
    void end() {
        practice.close();
    }

    @Test
    void aSetWithoutApplyShowsTheChangesAndMakesNone() throws IOException {
        Result result = set(WISHES);
        assertThat(result.code()).isEqualTo(ExitCodes.INCOMPLETE);
        assertThat(result.stdout())
                .contains("owner@example.org", "invalid: line 2", "3 changes, 0 already set, 1 invalid");
        assertThat(result.stderr()).contains("nothing has been changed; add --apply");
        assertThat(address("BILLING")).isEmpty();
        assertThat(rollbackFiles()).isEmpty();
    }

    @Test
    void anAppliedSetCanBeUndoneByItsRollbackFile() throws IOException {
        Optional<PracticeContact> operations = practice.cloud.contacts().find(WITHOUT_BILLING, "OPERATIONS");

        Result applied = set(WISHES, "--apply");

        assertThat(applied.code()).isEqualTo(ExitCodes.INCOMPLETE);
        assertThat(applied.stderr()).contains("3 of 3 changes made");
        assertThat(List.of("BILLING", "OPERATIONS", "SECURITY"))
                .allSatisfy(type -> assertThat(address(type)).contains("owner@example.org"));
        assertThat(set(WISHES).stdout()).contains("0 changes, 3 already set");
        Path rollback = rollbackFiles().get(0);
        assertThat(run("contacts", "set", rollback.toString(), "--apply").code())
                .isEqualTo(ExitCodes.COMPLETE);
        assertThat(address("BILLING")).isEmpty();
        assertThat(practice.cloud.contacts().find(WITHOUT_BILLING, "OPERATIONS"))
                .isEqualTo(operations);
    }

    @Test
    void theUndoCommandIsForAShellAndForTheSameEstate() throws IOException {
        Path file = Files.writeString(home.resolve("the owners.jsonl"), VALID);

        Result applied =
                run("contacts", "set", file.toString(), "--apply", "--account-tag-key=owner", "--workers", "3");

        Path rollback = rollbackFiles().get(0);
        assertThat(applied.errors())
                .contains("muster: to undo the changes of this run: muster contacts set '" + rollback + "' --apply"
                        + " --workers=3 --endpoint-url=" + practice.cloud.endpoint() + " --region=us-east-1 --keyid="
                        + practice.estate.management().accessKeyId() + " --secret=\"$AWS_SECRET_ACCESS_KEY\"");
        assertThat(applied.stderr()).doesNotContain(practice.estate.management().secretAccessKey());
    }

    @Test
    void whatIsMissingIsOnStderrAndNothingElseWhereThatShallBeQuiet() throws IOException {
        String missing = "muster: incomplete: " + home.resolve("owners.jsonl")
                + ": line 2: there is no account 999999999999 in this organization";

        assertThat(set(WISHES, "--quiet").errors()).containsExactly(missing);
        assertThat(set(WISHES, "--quiet", "--apply").errors()).containsExactly(missing);
    }

    @Test
    void aByteOrderMarkIsNoError() throws IOException {
        Result result = set("\uFEFF" + VALID);

        assertThat(result.code()).as(result.stdout()).isEqualTo(ExitCodes.COMPLETE);
        assertThat(result.stdout()).contains("3 changes, 0 already set, 0 invalid");
    }

    @Test
    void aDashReadsStandardInput() throws IOException {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(WISHES.getBytes(UTF_8)));
        try {
            Result result = run("contacts", "set", "-");

            assertThat(result.stdout()).contains("3 changes, 0 already set, 1 invalid");
            assertThat(result.stderr()).contains("standard input: line 2: there is no account");
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void aFileWithoutLinesIsWrongUse() throws IOException {
        for (String nothing : List.of("", "\n\n", "\uFEFF")) {
            Result result = set(nothing);

            assertThat(result.code()).isEqualTo(ExitCodes.USAGE);
            assertThat(result.errors()).singleElement().asString().contains("owners.jsonl has no lines: give");
            assertThat(result.stdout()).isEmpty();
        }
    }

    @Test
    void aPlanThatCannotBePrintedIsNotCarriedOut() throws IOException {
        Path file = Files.writeString(home.resolve("owners.jsonl"), VALID);
        for (String reason : List.of("No space left on device", "Broken pipe")) {
            Stdout failing = new Stdout(new OutputStream() {
                @Override
                public void write(int single) throws IOException {
                    throw new IOException(reason);
                }
            });
            ByteArrayOutputStream stderr = new ByteArrayOutputStream();

            int code = new CapturedConsole(home)
                    .run(arguments("contacts", "set", file.toString(), "--apply"), failing, stderr);

            assertThat(code).isEqualTo(ExitCodes.FAILED);
            assertThat(stderr.toString(UTF_8))
                    .contains("nothing has been changed", "stdout")
                    .doesNotContain("--output");
            assertThat(address("BILLING")).isEmpty();
        }
    }

    @Test
    void anOrganizationThatCannotBeFoundIsAFailureAndNoFaultOfTheLines() throws IOException {
        practice.cloud.governance().deny("organizations:DescribeOrganization");

        Result result = set(VALID);

        assertThat(result.code()).isEqualTo(ExitCodes.FAILED);
        assertThat(result.errors())
                .singleElement()
                .asString()
                .startsWith("muster: error: ")
                .contains("DescribeOrganization");
        assertThat(result.stdout()).isEmpty();
    }

    @Test
    void aSetHasNoOptionOfRunsThatAreGoneOnWith() {
        assertThat(new CapturedConsole(home).run("contacts", "set", "--help").stdout())
                .contains("--workers", "--config", "--quiet")
                .doesNotContain("--resume", "--checkpoint");
    }

    @Tag("slow")
    @Test
    void anInterruptedSetIsGoneOnWithByTheCommandThatItNames() throws Exception {
        Path file = Files.writeString(home.resolve("owners.jsonl"), VALID);
        practice.cloud.faults().set("account:PutAlternateContact", FaultProfile.NONE.withRateLimit(0.001, 1));
        List<String> arguments = arguments("contacts", "set", file.toString(), "--apply", "--workers=1");
        try (ChildProcess muster = new ChildProcess(home, List.of("-XX:TieredStopAtLevel=1"), arguments)) {
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> practice.cloud.counts().of("PutAlternateContact") > 1 || !muster.alive());
            muster.stop();

            assertThat(muster.exitCode(60)).as(muster.err()).isEqualTo(ExitCodes.INTERRUPTED);
            assertThat(muster.err())
                    .contains("muster: interrupted; the same command does what is left: muster contacts set " + file
                            + " --apply --workers=1 --endpoint-url=")
                    .doesNotContain(practice.estate.management().secretAccessKey());
        }
        practice.cloud.faults().clear();

        Result rest = new CapturedConsole(home).run(arguments);

        assertThat(rest.code()).as(rest.stderr()).isEqualTo(ExitCodes.COMPLETE);
        assertThat(rest.stdout()).contains("2 changes, 1 already set, 0 invalid");
        assertThat(List.of("BILLING", "OPERATIONS", "SECURITY"))
                .allSatisfy(type -> assertThat(address(type)).contains("owner@example.org"));
    }

    private Optional<String> address(String type) {
        return practice.cloud.contacts().find(WITHOUT_BILLING, type).map(PracticeContact::email);
    }

    private List<Path> rollbackFiles() throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            return files.filter(file -> file.toString().contains(".rollback-")).toList();
        }
    }

    private Result set(String desiredState, String... options) throws IOException {
        Path file = Files.writeString(home.resolve("owners.jsonl"), desiredState);
        return run(Stream.concat(Stream.of("contacts", "set", file.toString()), Stream.of(options))
                .toArray(String[]::new));
    }

    private Result run(String... command) {
        return new CapturedConsole(home).run(arguments(command));
    }

    private List<String> arguments(String... command) {
        List<String> arguments = CapturedConsole.on(practice.cloud, practice.estate, command);
        arguments.add("--no-progress");
        return arguments;
    }
}
