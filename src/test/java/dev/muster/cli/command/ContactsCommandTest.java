package dev.muster.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.cli.CapturedConsole;
import dev.muster.cli.CapturedConsole.Result;
import dev.muster.cli.ExitCodes;
import dev.muster.cli.console.Stdout;
import dev.muster.contacts.Practice;
import dev.muster.emulator.FaultProfile;
import dev.muster.emulator.server.ServiceError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ContactsCommandTest {
    private static final String FIRST = "111111111111";
    private static final String WITHOUT_BILLING = "111111111116";

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
    void stdoutHoldsTheContactsAndNothingElse() {
        Result result = contacts();
        assertThat(result.code()).as(result.stderr()).isEqualTo(ExitCodes.COMPLETE);
        assertThat(result.stdout().lines()).containsExactlyInAnyOrderElementsOf(practice.expected());
    }

    @Test
    void aFileGetsTheContactsAndStdoutStaysEmpty() throws IOException {
        Path file = home.resolve("contacts.jsonl");
        Result result = contacts("--output=" + file);
        assertThat(result.code()).as(result.stderr()).isEqualTo(ExitCodes.COMPLETE);
        assertThat(result.stdout()).isEmpty();
        assertThat(Files.readAllLines(file)).containsExactlyInAnyOrderElementsOf(practice.expected());
    }

    @Test
    void aPivotHasOneRowForEachAccountInOrder() {
        Result result = contacts("--pivot", "--sort", "--format=csv");
        assertThat(result.code()).as(result.stderr()).isEqualTo(ExitCodes.COMPLETE);
        assertThat(result.stdout().lines())
                .hasSize(9)
                .startsWith(
                        "account_id,root_email,billing_email,operations_email,security_email",
                        FIRST + "," + practice.estate.management().email()
                                + ",billing@example.org,operations@example.org,security@example.org");
        assertThat(result.stdout().lines().skip(1)).isSorted();
    }

    @Test
    void redactedContactsShowNobodysName() {
        Result result = contacts("--full", "--primary", "--redact");
        assertThat(result.code()).as(result.stderr()).isEqualTo(ExitCodes.COMPLETE);
        assertThat(result.stdout())
                .contains("@example.org")
                .doesNotContain("billing@", "operations@", "\"name\": \"Security", "555");
    }

    @Test
    void whatIsMissingIsNamedAndTheExitCodeSaysSo() throws IOException {
        Result result = contacts("--missing", "--format=json");
        assertThat(result.code()).isEqualTo(ExitCodes.INCOMPLETE);
        assertThat(result.stdout()).contains(WITHOUT_BILLING);
        assertThat(contacts("--missing", "--accounts=" + FIRST).code()).isEqualTo(ExitCodes.COMPLETE);
    }

    @Test
    void aPageShowsAccountsAndTheirContactsWithGapsMarked() throws IOException {
        Path page = home.resolve("contacts.html");

        Result result = contacts("--output=" + page, "--redact");

        assertThat(result.code()).as(result.stderr()).isEqualTo(ExitCodes.COMPLETE);
        assertThat(Files.readString(page))
                .contains("<title>Contacts of organization o-")
                .containsPattern("<tr class=\"bad\"><td class=\"i\">" + WITHOUT_BILLING + "</td>.*>no contact</td>")
                .containsPattern("<tr><td class=\"i\">" + FIRST + "</td>")
                .contains("***@example.org")
                .doesNotContain("billing@");
        assertThat(contacts("--format=html", "--pivot").errors())
                .containsExactly(
                        "muster: error: --pivot has no effect on a page, which has a row an account: leave it out");
        assertThat(contacts("--format=html", "--missing", "--fail-if=missing > 0")
                        .code())
                .isEqualTo(ExitCodes.CHECK_FAILED);
    }

    @Test
    void checksDecideTheExitCode() throws IOException {
        assertThat(contacts("--missing", "--fail-if=missing > 1000").code()).isEqualTo(ExitCodes.COMPLETE);
        assertThat(contacts("--fail-if=accounts < 1000").errors())
                .singleElement()
                .asString()
                .startsWith("muster: check failed: accounts < 1000: it is ");

        Result unknown = contacts("--fail-if=missing > 0");

        assertThat(unknown.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(unknown.errors())
                .containsExactly("muster: error: --fail-if: missing is only known with --missing: give that too");
    }

    @Test
    void thatNoAccountIsInAStateIsAnAnswer() {
        Result result = contacts("--format=csv", "--states=CLOSED", "--tag=stage=prod");

        assertThat(result.code()).isEqualTo(ExitCodes.COMPLETE);
        assertThat(result.stderr()).isEmpty();
        assertThat(result.stdout().lines()).hasSize(1);
    }

    @Test
    void optionsThatSelectNoAccountAreNoSuccess() {
        for (String view : List.of("--missing", "--format=json", "--format=jsonl")) {
            Result result = contacts(view, "--tag=ownr=x,stage=prod");
            assertThat(result.code()).isEqualTo(ExitCodes.USAGE);
            assertThat(result.errors())
                    .containsExactly(
                            "muster: error: no account matches --tag ownr=x,stage=prod;" + " check these options");
            assertThat(result.stdout()).isEmpty();
        }
    }

    @Test
    void whatCannotBeReadIsInTheFileOfErrorsAndTheRestIsThere() throws IOException {
        practice.cloud.governance().deny("account:GetAlternateContact");
        Path errors = home.resolve("errors.jsonl");
        Result result = contacts("--accounts=" + WITHOUT_BILLING, "--errors=" + errors);
        assertThat(result.code()).isEqualTo(ExitCodes.INCOMPLETE);
        assertThat(result.stdout()).contains("\"ROOT\"").doesNotContain("BILLING");
        assertThat(Files.readAllLines(errors)).isNotEmpty().allSatisfy(line -> {
            JsonNode error = new JsonMapper().readTree(line);
            assertThat(error.get("account_id").textValue()).isEqualTo(WITHOUT_BILLING);
            assertThat(error.get("error_code").textValue()).isEqualTo("AccessDeniedException");
        });
        assertThat(result.stderr()).contains("account:GetAlternateContact");
    }

    @Test
    void aFileThatCannotBeWrittenIsNamedBeforeAnythingIsAsked() {
        Result result = contacts("--output=" + home.resolve("nowhere/contacts.jsonl"));
        assertThat(result.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(result.stderr()).contains("nowhere").startsWith("muster: error:");
        assertThat(practice.cloud.counts().of("GetAlternateContact")).isZero();
    }

    @Test
    void contactsAndErrorsAreNotWrittenToTheSameFile() {
        Path file = home.resolve("contacts.jsonl");
        Result result = contacts(
                "--output=" + file, "--errors=" + home.resolve("../" + home.getFileName() + "/contacts.jsonl"));
        assertThat(result.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(result.errors()).singleElement().asString().contains("give a file for each");
        assertThat(file).doesNotExist();
    }

    @Test
    void aStdoutThatIsFullIsToldOnce() {
        for (String format : List.of("jsonl", "csv", "json", "table")) {
            ByteArrayOutputStream stderr = new ByteArrayOutputStream();

            assertThat(toStdoutThatFails("No space left on device", format, stderr))
                    .isEqualTo(ExitCodes.FAILED);
            assertThat(stderr.toString(UTF_8).lines().filter(line -> line.startsWith("muster: error: ")))
                    .singleElement()
                    .asString()
                    .contains("cannot write")
                    .doesNotContain("defect");
        }
    }

    @Test
    void aReaderThatHasSeenEnoughEndsTheRunWithoutAWord() {
        for (String format : List.of("jsonl", "csv", "json", "table")) {
            ByteArrayOutputStream stderr = new ByteArrayOutputStream();

            assertThat(toStdoutThatFails("Broken pipe", format, stderr)).isEqualTo(ExitCodes.COMPLETE);
            assertThat(stderr.toString(UTF_8)).isEmpty();
        }
        assertThat(home.resolve("state/muster")).isEmptyDirectory();
    }

    private int toStdoutThatFails(String reason, String format, ByteArrayOutputStream stderr) {
        Stdout failing = new Stdout(new OutputStream() {
            @Override
            public void write(int single) throws IOException {
                throw new IOException(reason);
            }
        });
        List<String> arguments =
                CapturedConsole.on(practice.cloud, practice.estate, "contacts", "--no-progress", "--format=" + format);
        return new CapturedConsole(home).run(arguments, failing, stderr);
    }

    @Test
    void aRunThatFailsLeavesYesterdaysFileInWhateverFormat() throws IOException {
        ServiceError expired = new ServiceError(403, "ExpiredToken", "The security token is expired");
        for (String operation : List.of("organizations", "organizations:ListAccounts", "account:GetAlternateContact")) {
            practice.cloud.faults().clear();
            practice.cloud.faults().set(operation, FaultProfile.NONE.withErrors(1, List.of(expired)));
            for (String view : List.of("--format=jsonl", "--format=csv", "--format=json", "--missing")) {
                Path file = Files.writeString(home.resolve("contacts"), "of yesterday\n");

                Result result = contacts(view, "--output=" + file);

                assertThat(result.code()).isEqualTo(ExitCodes.FAILED);
                assertThat(file).as(operation + " " + view).hasContent("of yesterday\n");
                assertThat(result.stderr()).contains(file + " is left as it was");
            }
        }
    }

    @Test
    void aListOfAccountsThatCannotBeReadIsNoEmptyOrganization() throws IOException {
        practice.cloud
                .faults()
                .set(
                        "organizations:ListAccounts",
                        FaultProfile.NONE.withErrors(1, List.of(new ServiceError(400, "InvalidInputException", "no"))));
        Path file = Files.writeString(home.resolve("contacts.jsonl"), "of yesterday\n");

        Result result = contacts("--output=" + file);

        assertThat(result.code()).isEqualTo(ExitCodes.FAILED);
        assertThat(result.errors()).singleElement().asString().startsWith("muster: error: ListAccounts failed");
        assertThat(file).hasContent("of yesterday\n");
    }

    @Test
    void manyFailuresOfOneCauseAreOneLine() {
        practice.cloud.governance().deny("account:GetAlternateContact");

        Result result = contacts();

        assertThat(result.errors())
                .filteredOn(line -> line.startsWith("muster: incomplete: "))
                .hasSizeLessThan(3)
                .first()
                .asString()
                .contains("more of this cause", "--errors FILE writes them all");
    }

    @Test
    void filesAreForTheirOwnerOnly() throws IOException {
        for (String view : List.of("--format=jsonl", "--format=csv", "--format=json", "--missing")) {
            Path file = home.resolve("out" + view);
            Path errors = home.resolve("errors" + view);

            contacts(view, "--output=" + file, "--errors=" + errors);

            assertThat(List.of(file, errors)).allSatisfy(written -> assertThat(
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(written)))
                    .isEqualTo("rw-------"));
        }
    }

    @Test
    void aDashIsStdout() {
        Result result = contacts("--output=-");

        assertThat(result.stdout().lines()).containsExactlyInAnyOrderElementsOf(practice.expected());
        assertThat(Path.of("-")).doesNotExist();
        assertThat(contacts("--errors=-").code()).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void anUnreachableEndpointIsAFailureAndNoIncompleteList() throws IOException {
        Path hasty = Files.writeString(home.resolve("hasty.conf"), "muster.engine.max-attempts = 1");
        Path file = home.resolve("contacts.json");

        Result result = new CapturedConsole(home)
                .run(
                        "contacts",
                        "--endpoint-url=http://127.0.0.1:1",
                        "--region=us-east-1",
                        "--keyid=AKIA",
                        "--secret=hush",
                        "--format=json",
                        "--output=" + file,
                        "--config=" + hasty);

        assertThat(result.code()).isEqualTo(ExitCodes.FAILED);
        assertThat(result.errors())
                .singleElement()
                .asString()
                .startsWith("muster: error: ")
                .contains("127.0.0.1:1");
        assertThat(file).doesNotExist();
    }

    @Test
    void aRunThatHaltsBeforeItHasDoneAnythingIsNotGoneOnWith() {
        ServiceError unknown = new ServiceError(403, "UnrecognizedClientException", "The security token is invalid.");
        practice.cloud.faults().set(FaultProfile.NONE.withErrors(1, List.of(unknown)));

        Result result = contacts();

        assertThat(result.code()).isEqualTo(ExitCodes.FAILED);
        assertThat(result.errors()).singleElement().asString().startsWith("muster: error: ");
    }

    @Test
    void aRunThatIsNotThereToBeGoneOnWithMayHaveHadOtherOptions() {
        Result result = contacts("--resume");

        assertThat(result.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(result.errors())
                .singleElement()
                .asString()
                .contains("there is none", "give all options of the interrupted run");
        assertThat(contacts("--resume", "--checkpoint=" + home.resolve("kept")).stderr())
                .contains("there is none")
                .doesNotContain("all options");
    }

    @Test
    void aRunThatHaltsBeforeAnythingIsDoneLeavesNothingBehind() {
        ServiceError expired = new ServiceError(403, "ExpiredToken", "The security token is expired");
        practice.cloud.faults().set(FaultProfile.NONE.withErrors(1, List.of(expired)));

        Result result = contacts();

        assertThat(result.code()).isEqualTo(ExitCodes.FAILED);
        assertThat(home.resolve("state/muster")).isEmptyDirectory();
    }

    private Result contacts(String... options) {
        return run(Stream.concat(Stream.of("contacts"), Stream.of(options)).toArray(String[]::new));
    }

    private Result run(String... command) {
        List<String> arguments = CapturedConsole.on(practice.cloud, practice.estate, command);
        arguments.add("--no-progress");
        return new CapturedConsole(home).run(arguments);
    }
}
