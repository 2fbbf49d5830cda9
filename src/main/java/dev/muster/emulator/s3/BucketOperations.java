package dev.muster.emulator.s3;

import dev.muster.emulator.Estate;
import dev.muster.emulator.PracticeBucket.Permission;
import dev.muster.emulator.server.Access.Scope;
import dev.muster.emulator.server.Call;
import dev.muster.emulator.server.Reply;
import dev.muster.emulator.server.ServiceError;
import dev.muster.emulator.server.XmlBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Operations on buckets themselves. */
final class BucketOperations {
    private static final int MOST_BUCKETS = 10_000;
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern CONSTRAINT =
            Pattern.compile("<LocationConstraint[^>]*>\\s*([^<\\s]+)\\s*</LocationConstraint>");

    private final BucketStore buckets;
    private final InstantSource clock;

    BucketOperations(BucketStore buckets, InstantSource clock) {
        this.buckets = buckets;
        this.clock = clock;
    }

    Reply list(Call call) {
        String owner = call.signer().account().id();
        String prefix = call.parameter("prefix").orElse("");
        Optional<String> region = call.parameter("bucket-region");
        String after = call.parameter("continuation-token")
                .map(BucketOperations::untoken)
                .orElse("");
        int limit = Parameters.number(call, "max-buckets", MOST_BUCKETS);
        List<Bucket> matching = buckets.ownedBy(owner).stream()
                .filter(bucket -> !Bucket.isDirectory(bucket.name()))
                .filter(bucket -> bucket.name().startsWith(prefix))
                .filter(bucket -> region.isEmpty() || region.get().equals(bucket.region()))
                .filter(bucket -> bucket.name().compareTo(after) > 0)
                .toList();
        List<Bucket> page = matching.subList(0, Math.min(matching.size(), Math.max(1, limit)));
        XmlBuffer xml = XmlBuffer.document().open("ListAllMyBucketsResult", S3Service.NAMESPACE);
        xml.open("Owner")
                .leaf("ID", Parameters.canonicalId(owner))
                .close("Owner")
                .open("Buckets");
        page.forEach(bucket -> writeBucket(bucket, xml));
        xml.close("Buckets");
        if (!prefix.isEmpty()) {
            xml.leaf("Prefix", prefix);
        }
        if (page.size() < matching.size()) {
            xml.leaf("ContinuationToken", token(page.get(page.size() - 1).name()));
        }
        return Reply.xml(200, xml.close("ListAllMyBucketsResult"));
    }

    static void writeBucket(Bucket bucket, XmlBuffer xml) {
        xml.open("Bucket").leaf("Name", bucket.name());
        xml.leaf("CreationDate", Parameters.iso(bucket.created()));
        xml.leaf("BucketRegion", bucket.region()).close("Bucket");
    }

    Reply head(Call call, String name) {
        Bucket bucket = buckets.require(call, name);
        bucket.require(Permission.LIST);
        return new Reply(
                200,
                Map.of(S3Errors.REGION_HEADER, bucket.region()),
                Reply.XML,
                Reply.empty(200).body());
    }

    /** Returns the location in any region, empty for {@code us-east-1} like the real service. */
    Reply location(Call call, String name) {
        Bucket bucket = buckets.requireAnyRegion(call, name);
        bucket.require(Permission.LIST);
        XmlBuffer xml = XmlBuffer.document().open("LocationConstraint", S3Service.NAMESPACE);
        if (!bucket.region().equals(Estate.REGION)) {
            byte[] region = bucket.region().getBytes(StandardCharsets.UTF_8);
            xml.text(region, 0, region.length);
        }
        return Reply.xml(200, xml.close("LocationConstraint"));
    }

    Reply versioning(Call call, String name) {
        Bucket bucket = buckets.require(call, name);
        bucket.require(Permission.LIST);
        XmlBuffer xml = XmlBuffer.document().open("VersioningConfiguration", S3Service.NAMESPACE);
        if (bucket.catalogue() instanceof StoredCatalogue stored && stored.versioned()) {
            xml.leaf("Status", "Enabled");
        }
        return Reply.xml(200, xml.close("VersioningConfiguration"));
    }

    Reply create(Call call, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new ServiceError(400, "InvalidBucketName", "The specified bucket is not valid.");
        }
        Matcher constraint = CONSTRAINT.matcher(call.text());
        String region = constraint.find()
                ? constraint.group(1)
                : call.scope().map(Scope::region).orElse(Estate.REGION);
        String owner = call.signer().account().id();
        buckets.create(name, region, owner, clock.instant().truncatedTo(ChronoUnit.SECONDS));
        return Reply.empty(200).with("Location", "/" + name);
    }

    Reply delete(Call call, String name) {
        buckets.delete(buckets.require(call, name));
        return Reply.empty(204);
    }

    static String token(String name) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(name.getBytes(StandardCharsets.UTF_8));
    }

    static String untoken(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw Parameters.badToken(token);
        }
    }
}
