package dev.muster.emulator.s3;

import dev.muster.emulator.PracticeBucket.Permission;
import dev.muster.emulator.keys.KeyGenerator.ObjectFacts;
import dev.muster.emulator.keys.KeyGenerator.StorageClass;
import dev.muster.emulator.s3.Catalogue.Cursor;
import dev.muster.emulator.s3.ListOperations.ListParameters;
import dev.muster.emulator.server.Access;
import dev.muster.emulator.server.Call;
import dev.muster.emulator.server.Reply;
import dev.muster.emulator.server.ServiceError;
import dev.muster.emulator.server.XmlBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
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

    /** ListDirectoryBuckets, which lists those of the requested region. */
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

    /** One page of a directory bucket, in an order that is the same for each request but unknown to clients. */
    static final class DirectoryPage {
        private static final String RESULT = "ListBucketResult";

        /** An object, or a common prefix, which has no storage class. */
        @SuppressWarnings("ArrayRecordComponent") // never compared
        private record Entry(byte[] key, long bytes, long modifiedSecond, StorageClass storageClass) {
            long place() {
                return ObjectFacts.mix(Arrays.hashCode(key));
            }
        }

        private DirectoryPage() {}

        /** @param token the token that the previous page ended with */
        static Reply reply(ListParameters terms, Cursor cursor, Optional<String> token) {
            List<Entry> all = entries(terms, cursor);
            int from = token.map(DirectoryPage::position).orElse(0);
            int to = Math.min(all.size(), from + terms.limit());
            XmlBuffer xml = XmlBuffer.document().open(RESULT, S3Service.NAMESPACE);
            terms.writeHead(xml);
            xml.leaf("MaxKeys", terms.maxKeys()).leaf("KeyCount", to - from);
            xml.leaf("IsTruncated", to < all.size());
            if (to < all.size()) {
                xml.leaf("NextContinuationToken", token(to));
            }
            all.subList(from, to).forEach(entry -> write(terms, entry, xml));
            return Reply.xml(200, xml.close(RESULT));
        }

        private static List<Entry> entries(ListParameters terms, Cursor cursor) {
            Grouping grouping = new Grouping(terms);
            List<Entry> entries = new ArrayList<>();
            boolean more = cursor.seek(Parameters.utf8(terms.prefix()), true);
            while (more && grouping.contains(cursor.key(), cursor.keyLength())) {
                int group = grouping.commonPrefix(cursor.key(), cursor.keyLength());
                byte[] key = Arrays.copyOf(cursor.key(), group < 0 ? cursor.keyLength() : group);
                if (group < 0) {
                    entries.add(new Entry(key, cursor.bytes(), cursor.modifiedSecond(), cursor.storageClass()));
                    more = cursor.next();
                } else {
                    entries.add(new Entry(key, 0, 0, null));
                    more = cursor.seek(Parameters.beyond(key), true);
                }
            }
            entries.sort(Comparator.comparingLong(Entry::place));
            return entries;
        }

        private static void write(ListParameters terms, Entry entry, XmlBuffer xml) {
            String element = entry.storageClass == null ? "CommonPrefixes" : "Contents";
            xml.open(element).open(entry.storageClass == null ? "Prefix" : "Key");
            terms.text(xml, entry.key, entry.key.length);
            xml.close(entry.storageClass == null ? "Prefix" : "Key");
            if (entry.storageClass != null) {
                xml.open("LastModified").time(entry.modifiedSecond).raw(".000Z".getBytes(StandardCharsets.US_ASCII));
                xml.close("LastModified").leaf("Size", entry.bytes).leaf("StorageClass", entry.storageClass.name());
            }
            xml.close(element);
        }

        private static String token(int position) {
            byte[] text = Integer.toString(position).getBytes(StandardCharsets.US_ASCII);
            return Base64.getEncoder().encodeToString(text);
        }

        private static int position(String token) {
            try {
                return Integer.parseInt(new String(Base64.getDecoder().decode(token), StandardCharsets.US_ASCII));
            } catch (IllegalArgumentException malformed) {
                throw Parameters.badToken(token);
            }
        }
    }
}
