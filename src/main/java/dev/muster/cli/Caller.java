package dev.muster.cli;

import dev.muster.aws.AwsClients;
import dev.muster.aws.ErrorClassifier;
import dev.muster.engine.Failure;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out whose credentials a run begins with; a run with unusable ones ends here, before anything is done. */
final class Caller {
    private static final Logger LOG = LoggerFactory.getLogger(Caller.class);

    private Caller() {}

    /**
     * The account's id by <a
     * href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html">GetCallerIdentity</a>; empty
     * where that cannot be asked, as on servers that only speak S3.
     *
     * @throws UserException if there are no usable credentials, or the endpoint that was given cannot be reached
     */
    static String account(AwsClients clients) {
        try {
            return clients.call(() ->
                            clients.sts(clients.home()).getCallerIdentity().account())
                    .join();
        } catch (CompletionException e) {
            Failure failure =
                    new ErrorClassifier(clients.settings()).classify(e, "find out whose credentials these are");
            boolean unreachable = failure.kind() == Failure.Kind.TRANSIENT
                    && clients.settings().endpoint().isPresent();
            if (failure.kind() == Failure.Kind.UNFIT || unreachable) {
                throw new UserException(ExitCodes.FAILED, failure.message(), e);
            }
            LOG.debug("the account stays unknown", e);
            return "";
        }
    }
}
