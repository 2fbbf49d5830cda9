package dev.muster.emulator.s3;

import dev.muster.emulator.server.Access.Scope;
import dev.muster.emulator.server.Call;

/** API operation of a request, from its method, address and query. */
final class Operations {
    static final String UNKNOWN = "Unknown";

    private Operations() {}

    static String of(Call call, Address address) {
        if (address.bucket().isEmpty()) {
            return call.method().equals("GET") ? listing(call) : UNKNOWN;
        }
        return address.key().isEmpty() ? onBucket(call) : onObject(call);
    }

    private static String listing(Call call) {
        return call.scope()
                        .map(Scope::service)
                        .filter(S3Service.EXPRESS::equals)
                        .isPresent()
                ? "ListDirectoryBuckets"
                : "ListBuckets";
    }

    private static String onBucket(Call call) {
        return switch (call.method()) {
            case "GET" -> readingBucket(call);
            case "HEAD" -> "HeadBucket";
            case "PUT" -> "CreateBucket";
            case "DELETE" -> "DeleteBucket";
            case "POST" -> call.asks("delete") ? "DeleteObjects" : UNKNOWN;
            default -> UNKNOWN;
        };
    }

    private static String readingBucket(Call call) {
        if (call.asks("location")) {
            return "GetBucketLocation";
        }
        if (call.asks("session")) {
            return "CreateSession";
        }
        if (call.asks("versions")) {
            return "ListObjectVersions";
        }
        if (call.asks("uploads")) {
            return "ListMultipartUploads";
        }
        if (call.asks("versioning")) {
            return "GetBucketVersioning";
        }
        return call.parameter("list-type").filter("2"::equals).isPresent() ? "ListObjectsV2" : "ListObjects";
    }

    private static String onObject(Call call) {
        boolean ofUpload = call.asks("uploadId");
        return switch (call.method()) {
            case "GET" -> ofUpload ? "ListParts" : "GetObject";
            case "HEAD" -> "HeadObject";
            case "PUT" -> ofUpload ? "UploadPart" : "PutObject";
            case "DELETE" -> ofUpload ? "AbortMultipartUpload" : "DeleteObject";
            case "POST" -> {
                if (ofUpload) {
                    yield "CompleteMultipartUpload";
                }
                yield call.asks("uploads") ? "CreateMultipartUpload" : UNKNOWN;
            }
            default -> UNKNOWN;
        };
    }
}
