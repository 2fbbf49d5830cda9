package dev.muster.aws.s3;

import dev.muster.aws.s3.ListingExchange.ListingErrors;
import dev.muster.aws.s3.ListingParser.ErrorDocumentException;
import dev.muster.aws.s3.ListingParser.ListingDetail;
import dev.muster.aws.s3.ListingParser.ListingExpectation;
import dev.muster.aws.s3.ListingParser.ListingKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.Abortable;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * A page that the SDK's client asks for, as directory buckets want its sessions, and that is read by a {@link ListingParser}
 * like all others: the SDK gives up a whole page for one date that it cannot read, and takes any document for a page that
 * says nothing. To it the answer seems to be empty.
 */
public final class SdkListing {
    private static final ExecutionAttribute<SdkListing> OF_REQUEST = new ExecutionAttribute<>("dev.muster.listing");

    private final ListingParser reader;
    private volatile SdkHttpResponse response;
    private volatile byte[] body = {};

    private SdkListing(ListingKind kind, ListingDetail detail, Consumer<ListingEntry> sink) {
        ListingExpectation terms = ListingExpectation.after(Optional.empty()).inAnyOrder();
        this.reader = ListingParser.of(kind, detail, terms, sink);
    }

    public static SdkListing ofObjects(Consumer<ListingEntry> sink) {
        return new SdkListing(ListingKind.OBJECTS, ListingDetail.WITH_OWNERS, sink);
    }

    public static SdkListing ofUploads(Consumer<ListingEntry> sink) {
        return new SdkListing(ListingKind.UPLOADS, ListingDetail.FOR_TOTALS, sink);
    }

    public static SdkListing ofParts(Consumer<ListingEntry> sink) {
        return new SdkListing(ListingKind.PARTS, ListingDetail.FOR_TOTALS, sink);
    }

    public static SdkListing ofBuckets(Consumer<ListingEntry> sink) {
        return new SdkListing(ListingKind.BUCKETS, ListingDetail.FOR_TOTALS, sink);
    }

    /** Has the answer to a request kept here. */
    public void of(AwsRequestOverrideConfiguration.Builder request) {
        request.putExecutionAttribute(OF_REQUEST, this);
    }

    /**
     * The page, once the request is answered.
     *
     * @throws software.amazon.awssdk.services.s3.model.S3Exception if it was an error document, whatever its status
     * @throws MalformedPageException if it was no such page
     */
    public ListingPage read() {
        try {
            reader.feed(ByteBuffer.wrap(body));
            return reader.finish().withHeaders(response.headers());
        } catch (ErrorDocumentException e) {
            throw ListingErrors.of(response, e);
        }
    }

    /** Keeps what arrives for requests that have a listing. */
    public static final class Keeper implements ExecutionInterceptor {
        @Override
        public Optional<InputStream> modifyHttpResponseContent(
                Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
            SdkListing listing = attributes.getAttribute(OF_REQUEST);
            if (listing == null || context.httpResponse().statusCode() != 200) {
                return context.responseBody();
            }
            listing.response = context.httpResponse();
            try (InputStream arriving = context.responseBody().orElseGet(InputStream::nullInputStream)) {
                listing.body = arriving.readNBytes(ListingPage.MOST_BYTES + 1);
                if (listing.body.length > ListingPage.MOST_BYTES && arriving instanceof Abortable connection) {
                    connection.abort();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return context.responseBody().map(kept -> new ByteArrayInputStream(new byte[0]));
        }
    }
}
