package dev.muster.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.muster.Mutation;
import dev.muster.audit.profile.ProfileStore;
import dev.muster.audit.split.KeyRange;
import dev.muster.audit.split.Probe;
import dev.muster.aws.AwsClients;
import dev.muster.aws.s3.PracticeServer;
import dev.muster.engine.Failure;
import dev.muster.engine.Plan.Demand;
import dev.muster.engine.Plan.Step;
import dev.muster.engine.TaskException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a server answers is an answer or a failure of a known class: never a defect of ours. */
@Timeout(120)
class MutatedAnswersTest {
    private static final int TRIES = 100;
    private static final String DATE = "2024-05-06T07:08:09.000Z";
    private static final BucketLocation BUCKET =
            new BucketLocation("111111111111", "bucket", "us-east-1", false, 1_700_000_000_000L);
    private static final BucketLocation DIRECTORY =
            new BucketLocation("111111111111", "bucket--use1-az4--x-s3", "us-east-1", false, 1_700_000_000_000L);
    private static final ObjectMapper MAPPER =
            JsonMapper.builder().addModule(new Jdk8Module()).build();

    /** A request and a good answer to it. */
    @SuppressWarnings("ImmutableEnumChecker")
    enum Exchange {
        BUCKETS(
                new AuditTask.ListBuckets("111111111111", Optional.empty(), 0),
                "<ListAllMyBucketsResult><Owner><ID>1</ID></Owner><Buckets><Bucket><Name>a</Name><CreationDate>" + DATE
                        + "</CreationDate><BucketRegion>us-east-1</BucketRegion></Bucket><Bucket><Name>b</Name></Bucket>"
                        + "</Buckets><ContinuationToken>t</ContinuationToken></ListAllMyBucketsResult>"),
        DIRECTORY_BUCKETS(
                new AuditTask.ListDirectoryBuckets("111111111111", Optional.empty(), 0),
                "<ListAllMyDirectoryBucketsResult><Buckets><Bucket><Name>a--use1-az4--x-s3</Name><CreationDate>" + DATE
                        + "</CreationDate></Bucket></Buckets><ContinuationToken>t</ContinuationToken>"
                        + "</ListAllMyDirectoryBucketsResult>"),
        OBJECTS(
                new AuditTask.ListRange(BUCKET, new KeyRange("a", "x")),
                "<ListBucketResult><EncodingType>url</EncodingType><IsTruncated>true</IsTruncated>"
                        + "<NextContinuationToken>t</NextContinuationToken>"
                        + entry("Contents", "b%2Fc", "") + entry("Contents", "d+e", "") + "</ListBucketResult>"),
        PREFIXES(
                new AuditTask.ProbePrefix(BUCKET, new Probe("a/")),
                "<ListBucketResult><IsTruncated>false</IsTruncated><CommonPrefixes><Prefix>a/b/</Prefix></CommonPrefixes>"
                        + "</ListBucketResult>"),
        VERSIONS(
                new AuditTask.ListVersions(BUCKET, KeyRange.ALL, Optional.of(new AuditTask.Marker("a", "v1"))),
                "<ListVersionsResult><IsTruncated>true</IsTruncated><NextKeyMarker>d</NextKeyMarker>"
                        + "<NextVersionIdMarker>v3</NextVersionIdMarker>"
                        + entry("Version", "a", "<VersionId>v2</VersionId><IsLatest>true</IsLatest>")
                        + entry("DeleteMarker", "d", "<VersionId>v3</VersionId><IsLatest>false</IsLatest>")
                        + "</ListVersionsResult>"),
        UPLOADS(new AuditTask.ListUploads(BUCKET, KeyRange.ALL, Optional.empty()), uploads()),
        UPLOADS_OF_DIRECTORY(new AuditTask.ListUploads(DIRECTORY, KeyRange.ALL, Optional.empty()), uploads()),
        PARTS(new AuditTask.SumParts(BUCKET, "key", "u1", 0, 0), parts()),
        PARTS_OF_DIRECTORY(new AuditTask.SumParts(DIRECTORY, "key", "u1", 0, 0), parts()),
        DIRECTORY_OBJECTS(
                new AuditTask.ListDirectory(DIRECTORY, "", true, Optional.empty()),
                "<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken>"
                        + entry("Contents", "b/c", "") + "<CommonPrefixes><Prefix>a/</Prefix></CommonPrefixes>"
                        + "</ListBucketResult>"),
        ACCOUNTS(
                new AuditTask.ListAccounts(Optional.empty(), 0),
                "{\"Accounts\": [{\"Id\": \"111111111111\", \"Status\": \"ACTIVE\", \"JoinedTimestamp\": 1700000000.5},"
                        + " {\"Id\": \"222222222222\", \"State\": \"ACTIVE\"}], \"NextToken\": \"t\"}");

        private final AuditTask task;
        private final String answer;

        Exchange(AuditTask task, String answer) {
            this.task = task;
            this.answer = answer;
        }

        private static String entry(String kind, String key, String more) {
            return "<" + kind + "><Key>" + key + "</Key><LastModified>" + DATE
                    + "</LastModified><ETag>&quot;x&quot;</ETag>"
                    + "<Size>123</Size><StorageClass>GLACIER</StorageClass>" + more + "</" + kind + ">";
        }

        private static String uploads() {
            return "<ListMultipartUploadsResult><Bucket>b</Bucket><IsTruncated>true</IsTruncated><NextKeyMarker>k"
                    + "</NextKeyMarker><NextUploadIdMarker>u2</NextUploadIdMarker><Upload><Key>j</Key><UploadId>u1</UploadId>"
                    + "<Initiated>" + DATE
                    + "</Initiated></Upload><Upload><Key>k</Key><UploadId>u2</UploadId><Initiated>"
                    + DATE + "</Initiated></Upload></ListMultipartUploadsResult>";
        }

        private static String parts() {
            return "<ListPartsResult><Key>key</Key><UploadId>u1</UploadId><NextPartNumberMarker>2</NextPartNumberMarker>"
                    + "<IsTruncated>true</IsTruncated><Part><PartNumber>1</PartNumber><LastModified>" + DATE
                    + "</LastModified><Size>5</Size></Part><Part><PartNumber>2</PartNumber><Size>6</Size></Part>"
                    + "</ListPartsResult>";
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMutatedAnswerIsReadOrIsAFailureOfAKnownClass(Exchange exchange) throws Exception {
        AtomicReference<byte[]> body = new AtomicReference<>();
        AuditScope scope = new AuditScope(
                "111111111111",
                Optional.empty(),
                List.of(),
                BucketFilter.ALL,
                "",
                true,
                true,
                true,
                Duration.ofSeconds(15));
        try (PracticeServer server = new PracticeServer(request -> {
                    boolean session = "session".equals(request.getRequestURI().getQuery());
                    PracticeServer.send(request, 200, session ? SESSION.getBytes(UTF_8) : body.get());
                });
                AwsClients clients = new AwsClients(server.settings())) {
            AuditExecutor executor = new AuditExecutor(clients, scope, PracticeAudit.ALL_LISTS, ProfileStore.NONE);
            for (int seed = 0; seed < TRIES; seed++) {
                byte[] good = exchange.answer.getBytes(UTF_8);
                body.set(seed == 0 ? good : new Mutation(seed).of(good));
                String what = exchange + " " + seed + ": " + new String(body.get(), UTF_8);
                try {
                    AuditResult result = executor.execute(exchange.task).get(20, TimeUnit.SECONDS);
                    planned(scope, exchange.task, result, what);
                } catch (Exception e) {
                    Failure failure = failure(e, what);
                    assertThat(seed).as("the good answer: " + failure).isPositive();
                    assertThat(failure.kind()).as(what + " " + failure).isNotEqualTo(Failure.Kind.DEFECT);
                    assertThat(failure.message()).as(what).doesNotContain("NullPointer", "java.lang");
                }
            }
        }
    }

    /** A server that gives as many as it is asked for, and never says that there are more; and one that does not count. */
    @Test
    void aFullPageOfADirectoryBucketThatClaimsToBeTheLastIsAskedForAgain() throws Exception {
        AuditTask task = new AuditTask.ListDirectory(DIRECTORY, "", true, Optional.empty());
        AtomicBoolean counts = new AtomicBoolean(true);
        AuditScope scope = new AuditScope(
                "111111111111",
                Optional.empty(),
                List.of(),
                BucketFilter.ALL,
                "",
                false,
                false,
                true,
                Duration.ofSeconds(15));
        try (PracticeServer server = new PracticeServer(request -> {
                    String query = String.valueOf(request.getRequestURI().getQuery());
                    int most = counts.get() && query.contains("max-keys=999") ? 999 : 1000;
                    String page = "<ListBucketResult><IsTruncated>false</IsTruncated>"
                            + IntStream.range(0, most)
                                    .mapToObj(i -> "<Contents><Key>k" + i + "</Key><Size>1</Size><LastModified>" + DATE
                                            + "</LastModified></Contents>")
                                    .collect(Collectors.joining())
                            + "</ListBucketResult>";
                    PracticeServer.send(request, 200, (query.equals("session") ? SESSION : page).getBytes(UTF_8));
                });
                AwsClients clients = new AwsClients(server.settings())) {
            AuditExecutor executor = new AuditExecutor(clients, scope, PracticeAudit.ALL_LISTS, ProfileStore.NONE);

            assertThat(failure(
                                    catchThrowableOfType(Exception.class, () -> executor.execute(task)
                                            .get(20, TimeUnit.SECONDS)),
                                    "")
                            .code())
                    .isEqualTo("NoProgress");
            counts.set(false);
            assertThat(executor.execute(task).get(20, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(AuditResult.Directory.class, found -> assertThat(found.objects())
                            .isEqualTo(1000));
        }
    }

    private static final String SESSION =
            "<CreateSessionResult><Credentials><SessionToken>t</SessionToken><SecretAccessKey>s"
                    + "</SecretAccessKey><AccessKeyId>a</AccessKeyId><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>"
                    + "</CreateSessionResult>";

    /** The result travels, and the plan takes it. */
    private static void planned(AuditScope scope, AuditTask task, AuditResult result, String what) throws Exception {
        AuditResult travelled = MAPPER.readValue(MAPPER.writeValueAsString(result), AuditResult.class);
        assertThat(travelled).as(what).isEqualTo(result);
        AuditPlan plan = new AuditPlan(scope, "us-east-1", 0, ProfileStore.NONE);
        plan.resumed(List.of(task));
        Step<AuditTask, AuditPartial> step = plan.completed(task, travelled, new Demand(4, 0));
        assertThat(step).as(what).isNotNull();
    }

    private static Failure failure(Exception error, String what) {
        Throwable at = error;
        while (at instanceof CompletionException || at instanceof ExecutionException) {
            at = at.getCause();
        }
        assertThat(at).as(what).isInstanceOf(TaskException.class);
        return ((TaskException) at).failure();
    }
}
