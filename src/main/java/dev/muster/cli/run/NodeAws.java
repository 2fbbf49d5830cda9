package dev.muster.cli.run;

import com.typesafe.config.Config;
import dev.muster.aws.AwsClients;
import dev.muster.aws.AwsSettings;
import dev.muster.cli.UserException;
import dev.muster.cli.option.AwsOptions;
import dev.muster.engine.EngineSettings;
import java.util.Optional;
import java.util.SortedMap;

/** AWS as a node of a cluster uses it for a run: where to go is the run's, whose credentials to use is the node's. */
public final class NodeAws {
    /** Beside the options that travel: the account of the client's credentials, and the region that it begins in. */
    private static final String ACCOUNT = "caller-account";

    private static final String REGION = "home-region";

    private final Config config;
    private final AwsSettings ours;

    /** @throws UserException if the node's own options are wrong: before it joins, not when it has a run to work on */
    public NodeAws(Config config, AwsOptions own) {
        this.config = config;
        this.ours = own.settings(config, EngineSettings.from(config).workers());
    }

    /** Adds to the options that travel what the client's credentials tell. */
    public static SortedMap<String, String> describe(
            SortedMap<String, String> arguments, String account, AwsClients clients) {
        arguments.put(ACCOUNT, account);
        arguments.put(REGION, clients.home().id());
        return arguments;
    }

    /** The account that a run is about; empty where the client could not tell. */
    public static String account(SortedMap<String, String> arguments) {
        return arguments.getOrDefault(ACCOUNT, "");
    }

    /** Settings for a run whose client gave these options. */
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
