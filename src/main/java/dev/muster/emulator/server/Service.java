package dev.muster.emulator.server;

import dev.muster.emulator.server.Access.Authorization;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** One AWS service. A new one is a class that implements this, added to the list in {@code PracticeCloud}. */
public interface Service {
    /** The service's name in a credential scope, such as {@code s3}: tells whose request it is on the shared endpoint. */
    String name();

    /** The API operation that a call asks for, such as {@code ListObjectsV2}: what is counted, and what faults match. */
    String operation(Call call);

    /** Key of the rate limit of a call: calls with equal keys share one budget. */
    default String limited(Call call) {
        return operation(call);
    }

    /** Actions that IAM must allow for a call. */
    default List<Authorization> authorizations(Call call) {
        return List.of(new Authorization(name() + ":" + operation(call), "*"));
    }

    /**
     * Carries out a call. A stage that fails with a {@link ServiceError}, or a thrown one, becomes what {@link #refuse}
     * makes of it. Must not block.
     */
    CompletionStage<Reply> answer(Call call);

    /** Says an error the way the service does. Must take the general errors of {@link ServiceError} too. */
    Reply refuse(Call call, ServiceError error);
}
