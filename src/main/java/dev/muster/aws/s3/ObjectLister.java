package dev.muster.aws.s3;

import static java.util.Objects.requireNonNull;

import dev.muster.aws.AwsClients;
import dev.muster.aws.LateAnswers;
import dev.muster.aws.s3.BucketEndpoints.BucketEndpoint;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.regions.Region;

/**
 * Lists general purpose buckets page by page with a {@link ListingParser}. Never retries (invariant 3). Thread-safe.
 *
 * <p>The futures fail with an {@link software.amazon.awssdk.services.s3.model.S3Exception} for what S3 refuses, a
 * {@link MalformedPageException} or {@link KeyOrderException} for an answer that cannot be trusted, an {@link
 * java.io.IOException} for a broken connection, and a {@link java.util.concurrent.TimeoutException} if the request
 * takes longer than the settings allow: a repeated request gets double the time, and then four times as much.
 * Cancelling a future closes its connection. A sink may have received part of a page that fails.
 */
public final class ObjectLister {
    private final AwsClients clients;
    private final BucketEndpoints endpoints;
    private final ListingSigner signer;
    private final LateAnswers<Asked> late = new LateAnswers<>();

    private record Asked(String bucket, String key, Map<String, String> parameters) {}

    private final ListingDetail detail;

    /** A lister that reads only what totals need. */
    public ObjectLister(AwsClients clients) {
        this(clients, ListingDetail.FOR_TOTALS);
    }

    public ObjectLister(AwsClients clients, ListingDetail detail) {
        this.detail = requireNonNull(detail, "detail is null");
        this.clients = requireNonNull(clients, "clients is null");
        this.endpoints = new BucketEndpoints(clients);
        this.signer = new ListingSigner(clients.settings().requestPayer(), clients.signingClock());
    }

    /** Lists one page of objects into the sink, which is called from another thread. */
    public CompletableFuture<ListingPage> objects(ListingRequest request, Consumer<ListingEntry> sink) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("list-type", "2");
        parameters.put("encoding-type", "url");
        parameters.put("max-keys", Integer.toString(request.most()));
        putUnlessEmpty(parameters, "fetch-owner", detail == ListingDetail.WITH_OWNERS ? "true" : "");
        putUnlessEmpty(parameters, "prefix", request.prefix());
        putUnlessEmpty(parameters, "delimiter", request.delimiter());
        request.token().ifPresentOrElse(token -> parameters.put("continuation-token", token), () -> request.startAfter()
                .ifPresent(key -> parameters.put("start-after", key.text())));
        ListingExpectation terms = ListingExpectation.after(request.startAfter());
        ListingParser reader =
                ListingParser.of(ListingKind.OBJECTS, detail, request.anyOrder() ? terms.inAnyOrder() : terms, sink);
        return list(request.bucket(), request.region(), request.credentials(), parameters, reader);
    }

    /** Lists one page of versions and delete markers into the sink, which is called from another thread. */
    public CompletableFuture<ListingPage> versions(VersionsRequest request, Consumer<ListingEntry> sink) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("versions", null);
        parameters.put("encoding-type", "url");
        putUnlessEmpty(parameters, "prefix", request.prefix());
        request.keyMarker().ifPresent(key -> parameters.put("key-marker", key.text()));
        request.versionIdMarker().ifPresent(version -> parameters.put("version-id-marker", version));
        ListingExpectation terms = request.versionIdMarker().isPresent()
                ? ListingExpectation.within(
                        request.keyMarker().orElseThrow(),
                        request.versionIdMarker().orElseThrow())
                : ListingExpectation.after(request.keyMarker());
        ListingParser reader =
                ListingParser.of(ListingKind.VERSIONS, detail, request.anyOrder() ? terms.inAnyOrder() : terms, sink);
        return list(request.bucket(), request.region(), request.credentials(), parameters, reader);
    }

    /**
     * Lists one page of incomplete multipart uploads into the sink, which is called from another thread. No encoding of
     * keys is requested: some servers encode without saying so, and the parser accepts any byte.
     *
     * @param keyMarker only uploads of keys after this one or, with an id, also those of this key after that upload
     */
    public CompletableFuture<ListingPage> uploads(
            BucketRequest bucket,
            String prefix,
            Optional<String> keyMarker,
            Optional<String> uploadIdMarker,
            Consumer<ListingEntry> sink) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("uploads", null);
        putUnlessEmpty(parameters, "prefix", prefix);
        keyMarker.ifPresent(key -> parameters.put("key-marker", key));
        uploadIdMarker.ifPresent(id -> parameters.put("upload-id-marker", id));
        return list(bucket, "", parameters, Map.of(), parser(ListingKind.UPLOADS, sink));
    }

    /**
     * Lists one page of the parts of an upload into the sink, which is called from another thread.
     *
     * @param marker only parts with a higher number
     */
    public CompletableFuture<ListingPage> parts(
            BucketRequest bucket, String key, String uploadId, int marker, Consumer<ListingEntry> sink) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("uploadId", uploadId);
        putUnlessEmpty(parameters, "part-number-marker", marker == 0 ? "" : Integer.toString(marker));
        return list(bucket, key, parameters, Map.of(), parser(ListingKind.PARTS, sink));
    }

    /**
     * Lists one page of buckets into the sink, which is called from another thread.
     *
     * @param service a request that names no bucket
     * @param most greatest number of buckets in a page
     * @param token token of the page; empty for the first
     * @param headers sent along with the request
     */
    public CompletableFuture<ListingPage> buckets(
            BucketRequest service,
            int most,
            Optional<String> token,
            Map<String, String> headers,
            Consumer<ListingEntry> sink) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("max-buckets", Integer.toString(most));
        token.ifPresent(text -> parameters.put("continuation-token", text));
        return list(service, "", parameters, headers, parser(ListingKind.BUCKETS, sink));
    }

    private static ListingParser parser(ListingKind kind, Consumer<ListingEntry> sink) {
        return ListingParser.of(kind, ListingExpectation.after(Optional.empty()), sink);
    }

    private CompletableFuture<ListingPage> list(
            String bucket,
            Region region,
            IdentityProvider<AwsCredentialsIdentity> credentials,
            Map<String, String> parameters,
            ListingParser reader) {
        return list(new BucketRequest(bucket, region, credentials), "", parameters, Map.of(), reader);
    }

    private CompletableFuture<ListingPage> list(
            BucketRequest bucket,
            String key,
            Map<String, String> parameters,
            Map<String, String> headers,
            ListingParser reader) {
        ListingExchange exchange = new ListingExchange(clients.httpClient(), reader);
        CompletableFuture<ListingPage> page = bucket.credentials()
                .resolveIdentity()
                .thenCompose(identity -> clients.call(() -> {
                    BucketEndpoint endpoint = endpoints.of(bucket.bucket(), bucket.region());
                    return exchange.run(signer.sign(endpoint, key, parameters, headers, identity));
                }));
        Asked asked = new Asked(bucket.bucket(), key, parameters);
        long millis = clients.settings().timeouts().request().toMillis() * late.patience(asked);
        CompletableFuture<ListingPage> answer = page.copy().orTimeout(millis, TimeUnit.MILLISECONDS);
        var unused = answer.whenComplete((result, failure) -> {
            exchange.abort();
            if (failure instanceof TimeoutException) {
                late.missed(asked);
            } else {
                late.answered(asked);
            }
        });
        return answer;
    }

    private static void putUnlessEmpty(Map<String, String> parameters, String name, String value) {
        if (!value.isEmpty()) {
            parameters.put(name, value);
        }
    }
}
