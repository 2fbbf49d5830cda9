package dev.muster.aws;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Lets the SDK's clients use an endpoint whose host has underscores, in which {@link URI} finds no host: the clients
 * get another name, and each request gets the right one back before it is signed.
 */
final class UnderscoredHost implements ExecutionInterceptor {
    private final String host;

    private UnderscoredHost(String host) {
        this.host = host;
    }

    /** Empty if the host has none and the SDK needs no help. */
    static Optional<UnderscoredHost> of(URI endpoint) {
        return endpoint.getHost() == null
                ? Optional.of(new UnderscoredHost(EndpointUrl.host(endpoint)))
                : Optional.empty();
    }

    /** The endpoint by a name that the SDK accepts. */
    static URI standIn(URI endpoint) {
        return endpoint.getHost() != null
                ? endpoint
                : URI.create(endpoint.getScheme() + "://" + standIn(EndpointUrl.host(endpoint)) + ":"
                        + EndpointUrl.port(endpoint) + endpoint.getPath());
    }

    private static String standIn(String host) {
        return host.replace("_", "-u-") + "-host";
    }

    @Override
    public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
        SdkHttpRequest request = context.httpRequest();
        return request.host().equals(standIn(host))
                ? request.toBuilder().host(host).build()
                : request;
    }

    /**
     * The request to the address of such a name, for a client that does not accept the name; its header keeps the name.
     */
    static SdkHttpRequest byAddress(SdkHttpRequest request) {
        if (!request.host().contains("_")) {
            return request;
        }
        try {
            return request.toBuilder()
                    .host(InetAddress.getByName(request.host()).getHostAddress())
                    .build();
        } catch (UnknownHostException e) {
            return request; // the client fails for the same reason
        }
    }
}
