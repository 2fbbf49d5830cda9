package dev.muster.aws.s3;

import static java.util.Objects.requireNonNull;

import dev.muster.aws.AwsClients;
import dev.muster.aws.AwsSettings;
import dev.muster.aws.EndpointUrl;
import dev.muster.aws.LateAnswers;
import dev.muster.aws.SigningClock;
import dev.muster.aws.s3.ListingPage.KeyOrderException;
import dev.muster.aws.s3.ListingParser.ListingDetail;
import dev.muster.aws.s3.ListingParser.ListingExpectation;
import dev.muster.aws.s3.ListingParser.ListingKind;
import dev.muster.aws.s3.ListingRequest.BucketRequest;
import dev.muster.aws.s3.ListingRequest.VersionsRequest;
import dev.muster.aws.s3.ObjectLister.BucketEndpoints.BucketEndpoint;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.CredentialUtils;
import software.amazon.awssdk.awscore.endpoints.AwsEndpointAttribute;
import software.amazon.awssdk.awscore.endpoints.authscheme.EndpointAuthScheme;
import software.amazon.awssdk.awscore.endpoints.authscheme.SigV4AuthScheme;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointParams;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointProvider;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/**
 * Lists general purpose buckets page by page with a {@link ListingParser}. Never retries (invariant 3). Thread-safe.
 *
 * <p>The futures fail with an {@link software.amazon.awssdk.services.s3.model.S3Exception} for what S3 refuses, a
 * {@link MalformedPageException} or {@link KeyOrderException} for an answer that cannot be trusted, an {@link
 * java.io.IOException} for a broken connection, and a {@link java.util.concurrent.TimeoutException} if the request
 * takes longer than the settings allow: a repeated request gets double the time, up to eight times as much.
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
        request.startAfter()
                .filter(key -> request.byMarker() && request.token().isEmpty())
                .ifPresent(key -> parameters.put("marker", key.text()));
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
     * @param token the token of the page; empty for the first
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

    /** Builds requests from listing parameters, signed by the SDK's signer unless the identity is anonymous. */
    static final class ListingSigner {
        private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
        private final boolean requestPayer;
        private final SigningClock clock;

        ListingSigner(boolean requestPayer, SigningClock clock) {
            this.requestPayer = requestPayer;
            this.clock = clock;
        }

        /**
         * Builds a request.
         *
         * @param key the key of the object that it is about; empty if it is about the bucket
         */
        SdkHttpRequest sign(
                BucketEndpoint endpoint,
                String key,
                Map<String, String> parameters,
                Map<String, String> headers,
                AwsCredentialsIdentity identity) {
            SdkHttpRequest.Builder request = SdkHttpRequest.builder()
                    .method(SdkHttpMethod.GET)
                    .protocol(endpoint.url().getScheme())
                    .host(EndpointUrl.host(endpoint.url()))
                    .port(EndpointUrl.port(endpoint.url()))
                    .encodedPath(endpoint.url().getRawPath())
                    .putHeader("User-Agent", "muster");
            if (!key.isEmpty()) {
                String path = endpoint.url().getRawPath();
                request.encodedPath(
                        (path.endsWith("/") ? path : path + "/") + SdkHttpUtils.urlEncodeIgnoreSlashes(key));
            }
            parameters.forEach(request::putRawQueryParameter);
            headers.forEach(request::putHeader);
            if (requestPayer) {
                request.putHeader("x-amz-request-payer", "requester");
            }
            if (CredentialUtils.isAnonymous(identity)) {
                return request.build();
            }
            return signer.sign(sign -> sign.identity(identity)
                            .request(request.build())
                            .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, endpoint.signingName())
                            .putProperty(AwsV4HttpSigner.REGION_NAME, endpoint.signingRegion())
                            .putProperty(AwsV4HttpSigner.SIGNING_CLOCK, clock.get())
                            .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                            .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false))
                    .request();
        }
    }

    /** Endpoints of buckets and the signing of requests to them, resolved once by the SDK's rules. Thread-safe. */
    static final class BucketEndpoints {
        /**
         * A bucket's endpoint.
         *
         * @param url the endpoint, including the bucket's name
         * @param signingName the service that signatures name
         * @param signingRegion the region that signatures name
         */
        record BucketEndpoint(URI url, String signingName, String signingRegion) {}

        private record BucketId(String bucket, Region region) {}

        private final AwsClients clients;
        private final S3EndpointProvider rules = S3EndpointProvider.defaultProvider();
        private final Map<BucketId, BucketEndpoint> known = new ConcurrentHashMap<>();

        BucketEndpoints(AwsClients clients) {
            this.clients = clients;
        }

        /**
         * The endpoint of a bucket.
         *
         * @param bucket empty for the endpoint of the service
         */
        BucketEndpoint of(String bucket, Region region) {
            return known.computeIfAbsent(new BucketId(bucket, region), this::resolve);
        }

        private BucketEndpoint resolve(BucketId id) {
            AwsSettings settings = clients.settings();
            S3EndpointParams.Builder parameters = S3EndpointParams.builder()
                    .bucket(id.bucket().isEmpty() ? null : id.bucket())
                    .region(id.region())
                    .forcePathStyle(settings.bucketsInPath())
                    .useFips(settings.fips().isPresent())
                    .useDualStack(settings.dualstack().isPresent());
            settings.endpointOf("s3").ifPresent(url -> parameters.endpoint(url.toString()));
            try {
                Endpoint endpoint = rules.resolveEndpoint(parameters.build()).join();
                return signing(endpoint, endpoint.attribute(AwsEndpointAttribute.AUTH_SCHEMES));
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException cause ? cause : e;
            }
        }

        private static BucketEndpoint signing(Endpoint endpoint, List<EndpointAuthScheme> schemes) {
            for (EndpointAuthScheme scheme : schemes) {
                if (scheme instanceof SigV4AuthScheme signing) {
                    return new BucketEndpoint(endpoint.url(), signing.signingName(), signing.signingRegion());
                }
            }
            throw new IllegalArgumentException(endpoint.url() + " takes no requests signed with signature version 4");
        }
    }
}
