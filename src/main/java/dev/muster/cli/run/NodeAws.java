package dev.muster.cli.run;

import com.typesafe.config.Config;
import dev.muster.aws.AwsClients;
import dev.muster.aws.AwsSettings;
import dev.muster.cli.UserException;
import dev.muster.cli.option.AwsOptions;
import dev.muster.engine.EngineSettings;
import java.util.Optional;
import java.util.SortedMap;

/** Access of a cluster's node to AWS for a run, with the endpoints of the run and the credentials of the node. */
public final class NodeAws {
    /** Arguments besides the options that travel: the account of the client's credentials, and its home region. */
    private static final String ACCOUNT = "caller-account";

    private static final String REGION = "home-region";

    private final Config config;
    private final AwsSettings ours;

    /** @throws UserException if the node's own options are wrong, so that this is noticed before it joins */
    public NodeAws(Config config, AwsOptions own) {
        this.config = config;
        this.ours = own.settings(config, EngineSettings.from(config).workers());
    }

    /** Adds what the client's credentials tell to the options that travel. */
    public static SortedMap<String, String> describe(
            SortedMap<String, String> arguments, String account, AwsClients clients) {
        arguments.put(ACCOUNT, account);
        arguments.put(REGION, clients.home().id());
        return arguments;
    }

    /** The account that a run is about; empty if the client could not tell. */
    public static String account(SortedMap<String, String> arguments) {
        return arguments.getOrDefault(ACCOUNT, "");
    }

    /** Settings for a run with its client's options. */
    public AwsSettings settings(SortedMap<String, String> arguments, AwsOptions theirs) {
        AwsSettings there = theirs.settings(config, ours.maxConnections());
        return new AwsSettings(
                ours.profile(),
                ours.keys(),
                Optional.ofNullable(arguments.get(REGION)).or(ours::region),
                there.endpoint().or(ours::endpoint),
                ours.endpoints(),
                false,
                false,
                ours.timeouts(),
                ours.maxConnections(),
                ours.environment());
    }
}
