package dev.muster.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.organizations.OrganizationsAsyncClient;
import software.amazon.awssdk.services.organizations.model.Account;
import software.amazon.awssdk.services.organizations.model.ListAccountsResponse;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;
import software.amazon.awssdk.services.sts.StsAsyncClient;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

class AccountsTest {
    private static final AtomicReference<Instant> NOW = new AtomicReference<>(Instant.parse("2025-01-01T00:00:00Z"));
    private static final Estate ESTATE = estate();

    private static PracticeCloud cloud;
    private static StsAsyncClient sts;

    private static Estate estate() {
        List<PracticeAccount> accounts = new ArrayList<>();
        accounts.add(PracticeAccount.of(
                "100000000000",
                "root",
                PracticeBucket.of("one"),
                PracticeBucket.of("two").in("eu-west-1"),
                PracticeBucket.of("three")));
        accounts.add(PracticeAccount.of("200000000000", "member", PracticeBucket.of("theirs")));
        accounts.add(PracticeAccount.of("300000000000", "closed").inState("SUSPENDED"));
        accounts.add(PracticeAccount.of("400000000000", "roleless").withRoles());
        IntStream.range(0, 46)
                .mapToObj(i -> PracticeAccount.of(String.format("5%011d", i), "member" + i))
                .forEach(accounts::add);
        return new Estate(accounts);
    }

    @BeforeAll
    static void start() {
        cloud = PracticeCloud.start(ESTATE, 0, NOW::get);
        sts = Clients.sts(cloud, ESTATE.management());
    }

    @AfterAll
    static void stop() {
        sts.close();
        cloud.close();
    }

    @Test
    void aKeyStandsForItsAccount() {
        GetCallerIdentityResponse identity = sts.getCallerIdentity().join();
        assertThat(identity.account()).isEqualTo("100000000000");
        assertThat(identity.arn()).isEqualTo("arn:aws:iam::100000000000:user/practice");
    }

    @Test
    void anAssumedRoleSeesItsOwnAccountUntilItExpires() {
        Credentials keys = assume("200000000000", "OrganizationAccountAccessRole");
        assertThat(keys.expiration()).isEqualTo(NOW.get().plus(Duration.ofMinutes(15)));
        StaticCredentialsProvider provider = StaticCredentialsProvider.create(
                AwsSessionCredentials.create(keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken()));
        try (S3AsyncClient theirs = Clients.s3(cloud, provider, Estate.REGION)) {
            assertThat(theirs.listBuckets().join().buckets())
                    .extracting(Bucket::name)
                    .containsExactly("theirs");
            Instant before = NOW.getAndUpdate(now -> now.plus(Duration.ofMinutes(15)));
            assertRefused(400, "ExpiredToken", () -> theirs.listBuckets().join());
            NOW.set(before);
        }
    }

    @Test
    void whereThereIsNoRoleOrNoActiveAccountNobodyEnters() {
        assertRefused(403, "AccessDenied", () -> assume("400000000000", "OrganizationAccountAccessRole"));
        assertRefused(403, "AccessDenied", () -> assume("300000000000", "OrganizationAccountAccessRole"));
        assertRefused(403, "AccessDenied", () -> assume("999999999999", "OrganizationAccountAccessRole"));
    }

    @Test
    void aMemberMayNotEnterAnotherAccountNorListTheOrganization() {
        PracticeAccount member = ESTATE.account("200000000000");
        try (StsAsyncClient theirs = Clients.sts(cloud, member);
                OrganizationsAsyncClient organizations = Clients.organizations(cloud, member)) {
            assertRefused(403, "AccessDenied", () -> theirs.assumeRole(
                            role -> role.roleArn("arn:aws:iam::100000000000:role/OrganizationAccountAccessRole")
                                    .roleSessionName("test"))
                    .join());
            assertRefused(400, "AccessDeniedException", () -> organizations
                    .listAccounts()
                    .join());
            assertThat(organizations
                            .describeOrganization()
                            .join()
                            .organization()
                            .masterAccountId())
                    .isEqualTo("100000000000");
        }
    }

    @Test
    void accountsComeInPagesOfTwentyOfWhichSomeAreEmpty() {
        try (OrganizationsAsyncClient organizations = Clients.organizations(cloud, ESTATE.management())) {
            List<ListAccountsResponse> pages = new ArrayList<>();
            organizations.listAccountsPaginator().subscribe(pages::add).join();
            assertThat(pages).extracting(page -> page.accounts().size()).containsExactly(20, 20, 0, 10);
            assertThat(pages.stream().flatMap(page -> page.accounts().stream()).map(Account::id))
                    .containsExactlyElementsOf(
                            ESTATE.accounts().stream().map(PracticeAccount::id).toList());
        }
    }

    @Test
    void bucketsComeInPagesAndByRegion() {
        try (S3AsyncClient s3 = Clients.s3(cloud, ESTATE.management())) {
            ListBucketsResponse first =
                    s3.listBuckets(request -> request.maxBuckets(2)).join();
            ListBucketsResponse second = s3.listBuckets(
                            request -> request.maxBuckets(2).continuationToken(first.continuationToken()))
                    .join();
            assertThat(first.buckets()).extracting(Bucket::name).containsExactly("one", "three");
            assertThat(second.buckets()).extracting(Bucket::name).containsExactly("two");
            assertThat(second.continuationToken()).isNull();
            assertThat(s3.listBuckets(request -> request.bucketRegion("eu-west-1"))
                            .join()
                            .buckets())
                    .extracting(Bucket::name)
                    .containsExactly("two");
            assertThat(s3.listBuckets(request -> request.prefix("t")).join().buckets())
                    .hasSize(2);
        }
    }

    @Test
    void theBucketsOfOthersAreForbidden() {
        try (S3AsyncClient s3 = Clients.s3(cloud, ESTATE.management())) {
            assertRefused(403, "AccessDenied", () -> s3.listObjectsV2(request -> request.bucket("theirs"))
                    .join());
        }
    }

    @Test
    void bucketsAreMadeWhereTheyShallBeAndGoOnlyWhenEmpty() {
        try (S3AsyncClient s3 = Clients.s3(cloud, ESTATE.account("500000000000"))) {
            s3.createBucket(request -> request.bucket("fresh")
                            .createBucketConfiguration(where -> where.locationConstraint("eu-north-1")))
                    .join();
            assertThat(s3.getBucketLocation(request -> request.bucket("fresh"))
                            .join()
                            .locationConstraintAsString())
                    .isEqualTo("eu-north-1");
            assertRefused(409, "BucketAlreadyOwnedByYou", () -> s3.createBucket(request -> request.bucket("fresh"))
                    .join());
        }
    }

    @Test
    void unknownKeysAreRefusedByEveryServiceInItsOwnWords() {
        StaticCredentialsProvider unknown =
                StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIAUNKNOWN", "secret"));
        try (S3AsyncClient s3 = Clients.s3(cloud, unknown, Estate.REGION)) {
            assertRefused(403, "InvalidAccessKeyId", () -> s3.listBuckets().join());
        }
    }

    private static Credentials assume(String account, String role) {
        return sts.assumeRole(request -> request.roleArn("arn:aws:iam::" + account + ":role/" + role)
                        .roleSessionName("test")
                        .durationSeconds(900))
                .join()
                .credentials();
    }

    private static void assertRefused(int status, String code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(CompletionException.class).cause().satisfies(cause -> {
            AwsServiceException error = (AwsServiceException) cause;
            assertThat(error.statusCode()).isEqualTo(status);
            assertThat(error.awsErrorDetails().errorCode()).isEqualTo(code);
        });
    }
}
