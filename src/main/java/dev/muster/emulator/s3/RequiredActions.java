package dev.muster.emulator.s3;

import dev.muster.emulator.Estate;
import dev.muster.emulator.server.Authorization;
import dev.muster.emulator.server.Call;
import java.util.ArrayList;
import java.util.List;

/**
 * IAM actions that S3 asks for, which have other names than its operations. Source: Service Authorization Reference,
 * "Actions, resources, and condition keys for Amazon S3" and "for Amazon S3 Express".
 */
final class RequiredActions {
    private static final String ANYWHERE = "*";

    private RequiredActions() {}

    static List<Authorization> of(Call call, Address address) {
        String operation = Operations.of(call, address);
        String bucket = "arn:aws:s3:::" + address.bucket();
        String object = bucket + "/" + address.key();
        if (Bucket.isDirectory(address.bucket())) {
            return List.of(new Authorization(
                    "s3express:CreateSession", "arn:aws:s3express:" + Estate.REGION + ":*:bucket/" + address.bucket()));
        }
        return switch (operation) {
            case "ListBuckets" -> List.of(new Authorization("s3:ListAllMyBuckets", ANYWHERE));
            case "ListDirectoryBuckets" -> List.of(new Authorization("s3express:ListAllMyDirectoryBuckets", ANYWHERE));
            case "ListObjects", "ListObjectsV2", "HeadBucket" -> List.of(new Authorization("s3:ListBucket", bucket));
            case "ListObjectVersions" -> List.of(new Authorization("s3:ListBucketVersions", bucket));
            case "ListMultipartUploads" -> List.of(new Authorization("s3:ListBucketMultipartUploads", bucket));
            case "ListParts" -> List.of(new Authorization("s3:ListMultipartUploadParts", object));
            // Without ListBucket a key that is not there is answered by 403, and nobody can tell.
            case "GetObject", "HeadObject" ->
                List.of(new Authorization("s3:GetObject", object), new Authorization("s3:ListBucket", bucket));
            case "PutObject", "CreateMultipartUpload", "UploadPart", "CompleteMultipartUpload" -> writing(call, object);
            case "DeleteObjects" -> List.of(new Authorization("s3:DeleteObject", bucket + "/*"));
            case "AbortMultipartUpload", "DeleteObject" -> List.of(new Authorization("s3:" + operation, object));
            default -> List.of(new Authorization("s3:" + operation, bucket));
        };
    }

    /** A write on condition that the object is still the same has to read it. */
    private static List<Authorization> writing(Call call, String object) {
        List<Authorization> actions = new ArrayList<>(List.of(new Authorization("s3:PutObject", object)));
        if (call.header("if-match").isPresent()) {
            actions.add(new Authorization("s3:GetObject", object));
        }
        return actions;
    }
}
