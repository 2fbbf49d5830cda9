package dev.muster.audit;

import dev.muster.audit.profile.ProfileStore;
import dev.muster.aws.AwsClients;
import dev.muster.engine.Job;
import dev.muster.engine.Output;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Assembles an audit for the engine. */
public final class AuditJob {
    private AuditJob() {}

    /** An audit under its own name. */
    public static Job<AuditTask, AuditResult, AuditPartial> of(
            AuditScope scope,
            TopListSettings lists,
            AwsClients clients,
            Map<String, String> origin,
            ProfileStore learning) {
        return of("audit", scope, lists, clients, origin, learning);
    }

    /**
     * An audit.
     *
     * @param name the command
     * @param origin identity of the estate, such as the endpoint and the profile of the credentials; one of the
     *     arguments that a checkpoint is checked against
     * @param learning what earlier runs have learned about buckets
     */
    public static Job<AuditTask, AuditResult, AuditPartial> of(
            String name,
            AuditScope scope,
            TopListSettings lists,
            AwsClients clients,
            Map<String, String> origin,
            ProfileStore learning) {
        return new Job<>(
                name,
                arguments(scope, lists, clients.home().id(), origin),
                new AuditPlan(scope, clients.home().id(), Instant.now().toEpochMilli(), learning),
                new AuditExecutor(clients, scope, lists, learning),
                new AuditSummary(lists.limit(), scope.buckets()),
                Output.none(),
                AuditTask.class,
                AuditPartial.class);
    }

    private static SortedMap<String, String> arguments(
            AuditScope scope, TopListSettings lists, String home, Map<String, String> origin) {
        SortedMap<String, String> arguments = new TreeMap<>(origin);
        arguments.put("account", scope.caller());
        arguments.put("role-name", scope.roleName().orElse(""));
        arguments.put("accounts", String.join(",", scope.accounts()));
        arguments.put("include", String.join(",", scope.buckets().include()));
        arguments.put("given", scope.buckets().given() ? "true" : ""); // otherwise they are in the list of buckets
        arguments.put("exclude", String.join(",", scope.buckets().exclude()));
        arguments.put("prefix", scope.prefix());
        arguments.put("versions", Boolean.toString(scope.versions()));
        arguments.put("uploads", Boolean.toString(scope.uploads()));
        arguments.put("directory-buckets", scope.directoryBuckets() ? home : ""); // those of one region
        arguments.put("lists", lists.rankings().stream().sorted().toList().toString());
        arguments.put("cost", lists.billing() ? "true" : "");
        arguments.put("numfiles", Integer.toString(lists.limit()));
        arguments.putAll(scope.filter().terms());
        arguments.putAll(lists.breakdown().terms());
        arguments.values().removeIf(String::isEmpty);
        return arguments;
    }
}
