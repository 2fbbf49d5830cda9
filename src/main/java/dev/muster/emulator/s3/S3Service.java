package dev.muster.emulator.s3;

import dev.muster.emulator.Estate;
import dev.muster.emulator.s3.ObjectVersion.VersionIds;
import dev.muster.emulator.server.Access;
import dev.muster.emulator.server.Access.Authorization;
import dev.muster.emulator.server.Call;
import dev.muster.emulator.server.Reply;
import dev.muster.emulator.server.Service;
import dev.muster.emulator.server.ServiceError;
import dev.muster.emulator.server.XmlBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Tells the operations apart and hands each to those who know it. */
public final class S3Service implements Service {
    static final String EXPRESS = "s3express";
    static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

    private final BucketOperations buckets;
    private final DirectoryOperations directories;
    private final ListOperations lists;
    private final ObjectOperations objects;
    private final UploadOperations uploads;
    private final DeviatingServer deviations = new DeviatingServer();

    /**
     * The buckets of an estate.
     *
     * @param clock dates what is written
     */
    public S3Service(Estate estate, Access access, InstantSource clock) {
        VersionIds versionIds = new VersionIds();
        BucketStore all = new BucketStore(estate, versionIds);
        buckets = new BucketOperations(all, clock);
        lists = new ListOperations(all);
        directories = new DirectoryOperations(all, access);
        objects = new ObjectOperations(all, versionIds, clock);
        uploads = new UploadOperations(all, versionIds, clock);
    }

    /** Departs from S3 in these ways from now on. */
    public void deviate(Set<S3Deviation> ways) {
        deviations.set(ways);
    }

    /** The same service under the name that requests about directory buckets are signed for. */
    public Service express() {
        S3Service s3 = this;
        return new Service() {
            @Override
            public String name() {
                return EXPRESS;
            }

            @Override
            public String operation(Call call) {
                return s3.operation(call);
            }

            @Override
            public String limited(Call call) {
                return s3.limited(call);
            }

            @Override
            public List<Authorization> authorizations(Call call) {
                return s3.authorizations(call);
            }

            @Override
            public CompletionStage<Reply> answer(Call call) {
                return s3.answer(call);
            }

            @Override
            public Reply refuse(Call call, ServiceError error) {
                return s3.refuse(call, error);
            }
        };
    }

    @Override
    public String name() {
        return "s3";
    }

    @Override
    public String operation(Call call) {
        return Operations.of(call, Address.of(call));
    }

    /** S3 limits requests per prefix: here the bucket, and the first directory of the key or prefix. */
    @Override
    public String limited(Call call) {
        Address address = Address.of(call);
        String path = address.key().isEmpty() ? call.parameter("prefix").orElse("") : address.key();
        return address.bucket() + "/" + path.substring(0, path.indexOf('/') + 1);
    }

    @Override
    public List<Authorization> authorizations(Call call) {
        return RequiredActions.of(call, Address.of(call));
    }

    @Override
    public CompletionStage<Reply> answer(Call call) {
        Address address = Address.of(call);
        call.signer();
        String operation = Operations.of(call, address);
        Reply reply = deviations.answer(operation, call, received -> carryOut(operation, received, address));
        return CompletableFuture.completedStage(reply.with("x-amz-request-id", call.requestId()));
    }

    private Reply carryOut(String operation, Call call, Address address) {
        return switch (operation) {
            case "ListBuckets" -> buckets.list(call);
            case "ListDirectoryBuckets" -> directories.list(call);
            case "CreateSession" -> directories.session(call, address.bucket());
            case "HeadBucket" -> buckets.head(call, address.bucket());
            case "GetBucketLocation" -> buckets.location(call, address.bucket());
            case "GetBucketVersioning" -> buckets.versioning(call, address.bucket());
            case "CreateBucket" -> buckets.create(call, address.bucket());
            case "DeleteBucket" -> buckets.delete(call, address.bucket());
            case "ListObjectsV2" ->
                Bucket.isDirectory(address.bucket())
                        ? directories.objects(call, address.bucket())
                        : lists.objectsV2(call, address.bucket());
            case "ListObjects" -> lists.objects(call, address.bucket());
            case "ListObjectVersions" -> lists.versions(call, address.bucket());
            case "ListMultipartUploads" -> lists.uploads(call, address.bucket());
            case "GetObject", "HeadObject" -> objects.get(call, address);
            case "PutObject" -> objects.put(call, address);
            case "DeleteObject" -> objects.delete(call, address);
            case "DeleteObjects" -> objects.deleteAll(call, address.bucket());
            case "CreateMultipartUpload" -> uploads.create(call, address);
            case "UploadPart" -> uploads.part(call, address);
            case "ListParts" -> uploads.parts(call, address);
            case "CompleteMultipartUpload" -> uploads.complete(call, address);
            case "AbortMultipartUpload" -> uploads.abort(call, address);
            default -> throw S3Errors.methodNotAllowed();
        };
    }

    @Override
    public Reply refuse(Call call, ServiceError error) {
        Reply reply = Reply.empty(error.status());
        if (error.status() != 304) {
            XmlBuffer xml = XmlBuffer.document().open("Error");
            xml.leaf("Code", error.code()).leaf("Message", error.getMessage());
            error.details().forEach(xml::leaf);
            xml.leaf("Resource", call.path()).leaf("RequestId", call.requestId());
            reply = Reply.xml(error.status(), xml.leaf("HostId", "practice").close("Error"));
        }
        return reply.with(error.headers()).with("x-amz-request-id", call.requestId());
    }

    /**
     * IAM actions that S3 asks for, which have other names than its operations. Source: Service Authorization Reference,
     * "Actions, resources, and condition keys for Amazon S3" and "for Amazon S3 Express".
     */
    static final class RequiredActions {
        private static final String ANYWHERE = "*";

        private RequiredActions() {}

        static List<Authorization> of(Call call, Address address) {
            String operation = Operations.of(call, address);
            String bucket = "arn:aws:s3:::" + address.bucket();
            String object = bucket + "/" + address.key();
            if (Bucket.isDirectory(address.bucket())) {
                return List.of(new Authorization(
                        "s3express:CreateSession",
                        "arn:aws:s3express:" + Estate.REGION + ":*:bucket/" + address.bucket()));
            }
            return switch (operation) {
                case "ListBuckets" -> List.of(new Authorization("s3:ListAllMyBuckets", ANYWHERE));
                case "ListDirectoryBuckets" ->
                    List.of(new Authorization("s3express:ListAllMyDirectoryBuckets", ANYWHERE));
                case "ListObjects", "ListObjectsV2", "HeadBucket" ->
                    List.of(new Authorization("s3:ListBucket", bucket));
                case "ListObjectVersions" -> List.of(new Authorization("s3:ListBucketVersions", bucket));
                case "ListMultipartUploads" -> List.of(new Authorization("s3:ListBucketMultipartUploads", bucket));
                case "ListParts" -> List.of(new Authorization("s3:ListMultipartUploadParts", object));
                // Without ListBucket a key that is not there is answered by 403, and nobody can tell.
                case "GetObject", "HeadObject" ->
                    List.of(new Authorization("s3:GetObject", object), new Authorization("s3:ListBucket", bucket));
                case "PutObject", "CreateMultipartUpload", "UploadPart", "CompleteMultipartUpload" ->
                    writing(call, object);
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
}
