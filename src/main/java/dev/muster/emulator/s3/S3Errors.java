package dev.muster.emulator.s3;

import dev.muster.emulator.server.ServiceError;
import java.util.Map;

/** The refusals that S3 documents, with its codes and statuses. */
final class S3Errors {
    static final String REGION_HEADER = "x-amz-bucket-region";

    private S3Errors() {}

    static ServiceError accessDenied() {
        return new ServiceError(403, "AccessDenied", "Access Denied");
    }

    static ServiceError accessDenied(Bucket bucket) {
        return new ServiceError(403, "AccessDenied", "Access Denied", Map.of(REGION_HEADER, bucket.region()), Map.of());
    }

    static ServiceError noSuchBucket(String name) {
        return detailed(404, "NoSuchBucket", "The specified bucket does not exist", "BucketName", name);
    }

    static ServiceError noSuchKey(String key) {
        return detailed(404, "NoSuchKey", "The specified key does not exist.", "Key", key);
    }

    static ServiceError noSuchUpload(String uploadId) {
        String message = "The specified upload does not exist. The upload ID may be invalid, "
                + "or the upload may have been aborted or completed.";
        return detailed(404, "NoSuchUpload", message, "UploadId", uploadId);
    }

    static ServiceError wrongRegion(Bucket bucket) {
        return new ServiceError(
                301,
                "PermanentRedirect",
                "The bucket you are attempting to access must be addressed using the specified endpoint. "
                        + "Please send all future requests to this endpoint.",
                Map.of(REGION_HEADER, bucket.region()),
                Map.of(
                        "Bucket",
                        bucket.name(),
                        "Endpoint",
                        bucket.name() + ".s3." + bucket.region() + ".amazonaws.com"));
    }

    static ServiceError invalidArgument(String message, String name, String value) {
        return new ServiceError(
                400, "InvalidArgument", message, Map.of(), Map.of("ArgumentName", name, "ArgumentValue", value));
    }

    static ServiceError preconditionFailed(String header) {
        String message = "At least one of the pre-conditions you specified did not hold";
        return detailed(412, "PreconditionFailed", message, "Condition", header);
    }

    static ServiceError malformedXml() {
        return new ServiceError(
                400,
                "MalformedXML",
                "The XML you provided was not well-formed or did not validate against our published schema");
    }

    static ServiceError methodNotAllowed() {
        return new ServiceError(405, "MethodNotAllowed", "The specified method is not allowed against this resource.");
    }

    static ServiceError notImplemented() {
        return new ServiceError(
                501, "NotImplemented", "A header or query you provided implies functionality that is not implemented");
    }

    private static ServiceError detailed(int status, String code, String message, String name, String value) {
        return new ServiceError(status, code, message, Map.of(), Map.of(name, value));
    }
}
