package dev.muster.emulator.s3;

import dev.muster.emulator.Permission;
import dev.muster.emulator.server.Access;
import dev.muster.emulator.server.Call;
import dev.muster.emulator.server.Reply;
import dev.muster.emulator.server.ServiceError;
import dev.muster.emulator.server.XmlBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Operations of directory buckets: their list, sessions, and listings in no order. */
final class DirectoryOperations {
    private static final int MOST_BUCKETS = 1000;
    private static final Duration SESSION = Duration.ofMinutes(5);

    private final BucketStore buckets;
    private final Access access;

    DirectoryOperations(BucketStore buckets, Access access) {
        this.buckets = buckets;
        this.access = access;
    }

    /** ListDirectoryBuckets names those of the region that it is asked in. */
    Reply list(Call call) {
        String region = call.scope().orElseThrow().region();
        String after = call.parameter("continuation-token")
                .map(BucketOperations::untoken)
                .orElse("");
        List<Bucket> matching = buckets.ownedBy(call.signer().account().id()).stream()
                .filter(bucket ->
                        Bucket.isDirectory(bucket.name()) && bucket.region().equals(region))
                .filter(bucket -> bucket.name().compareTo(after) > 0)
                .toList();
        int limit = Parameters.number(call, "max-directory-buckets", MOST_BUCKETS);
        List<Bucket> page = matching.subList(0, Math.min(matching.size(), Math.max(1, limit)));
        XmlBuffer xml = XmlBuffer.document()
                .open("ListAllMyDirectoryBucketsResult", S3Service.NAMESPACE)
                .open("Buckets");
        page.forEach(bucket -> BucketOperations.writeBucket(bucket, xml));
        xml.close("Buckets");
        if (page.size() < matching.size()) {
            xml.leaf(
                    "ContinuationToken",
                    BucketOperations.token(page.get(page.size() - 1).name()));
        }
        return Reply.xml(200, xml.close("ListAllMyDirectoryBucketsResult"));
    }

    /** Credentials for one bucket and five minutes. */
    Reply session(Call call, String name) {
        Bucket bucket = buckets.require(call, name);
        bucket.require(Permission.LIST);
        Access.Temporary keys = access.assume(call.signer().account(), "session", name, SESSION);
        XmlBuffer xml = XmlBuffer.document().open("CreateSessionResult", S3Service.NAMESPACE);
        xml.open("Credentials").leaf("SessionToken", keys.sessionToken());
        xml.leaf("SecretAccessKey", keys.secretAccessKey()).leaf("AccessKeyId", keys.accessKeyId());
        xml.leaf("Expiration", Parameters.iso(keys.expires())).close("Credentials");
        return Reply.xml(200, xml.close("CreateSessionResult"));
    }

    Reply objects(Call call, String name) {
        Bucket bucket = buckets.require(call, name);
        bucket.require(Permission.LIST);
        requireSession(call);
        if (call.asks("start-after")) {
            throw S3Errors.notImplemented();
        }
        ListParameters terms = ListParameters.of(call, bucket, "max-keys", false);
        requireSlash("prefix", terms.prefix());
        requireSlash("delimiter", terms.delimiter());
        Optional<String> token = call.parameter("continuation-token");
        return DirectoryPage.reply(terms, bucket.catalogue().cursor(), token);
    }

    private static void requireSession(Call call) {
        if (call.header("x-amz-s3session-token").isEmpty()) {
            throw new ServiceError(403, "AccessDenied", "Requests to a directory bucket need a session");
        }
    }

    private static void requireSlash(String parameter, String value) {
        if (!value.isEmpty() && !value.endsWith("/")) {
            String message = "Directory buckets know prefixes that end in / and the delimiter /";
            throw S3Errors.invalidArgument(message, parameter, value);
        }
    }
}
