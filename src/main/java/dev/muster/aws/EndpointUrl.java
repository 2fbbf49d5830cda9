package dev.muster.aws;

import dev.muster.aws.AwsSettings.AwsSettingsException;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** URLs of services. Hosts may have underscores, which containers often have, and which {@link URI} knows no host in. */
public final class EndpointUrl {
    private static final Pattern URL = Pattern.compile(
            "(?i)(https?)://([A-Za-z0-9._-]+|\\[[0-9a-f:.%]+])(?::(\\d{1,5}))?((?:/[^?#\\s]*)?)", Pattern.UNICODE_CASE);

    private static final int MAX_PORT = 65_535;

    private EndpointUrl() {}

    /**
     * The URL that an option or a variable gives, its scheme in lower case.
     *
     * @param source what gives it: {@code --endpoint-url}
     * @throws AwsSettingsException if it is none
     */
    public static URI parse(String source, String text) {
        Matcher url = URL.matcher(text.strip());
        if (!url.matches() || (url.group(3) != null && Integer.parseInt(url.group(3)) > MAX_PORT)) {
            throw new AwsSettingsException(OneLine.of(source + " is not a URL: " + withoutPassword(text))
                    + "; give one such as https://s3.example.com:9000");
        }
        String port = url.group(3) == null ? "" : ":" + url.group(3);
        return URI.create(url.group(1).toLowerCase(Locale.ROOT) + "://" + url.group(2) + port + url.group(4));
    }

    static String withoutPassword(String url) {
        return url.replaceFirst("//[^/@]*@", "//").replaceFirst("^[^/@:]*:[^/@]*@", "");
    }

    /** The host, also where it has underscores. */
    public static String host(URI url) {
        return url.getHost() != null ? url.getHost() : url.getAuthority().replaceFirst(":\\d*$", "");
    }

    /** The port, the scheme's own where none is given. */
    public static int port(URI url) {
        int given = url.getHost() != null ? url.getPort() : underscored(url);
        return given >= 0 ? given : "https".equals(url.getScheme()) ? 443 : 80;
    }

    private static int underscored(URI url) {
        int colon = url.getAuthority().lastIndexOf(':');
        return colon < 0 ? -1 : Integer.parseInt(url.getAuthority().substring(colon + 1));
    }
}
