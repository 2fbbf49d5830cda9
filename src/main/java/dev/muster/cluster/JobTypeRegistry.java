package dev.muster.cluster;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The jobs that this release can do on a cluster. */
public final class JobTypeRegistry {
    private final Map<String, JobType<?, ?, ?>> byName;

    public JobTypeRegistry(Collection<JobType<?, ?, ?>> types) {
        byName = types.stream().collect(toUnmodifiableMap(JobType::name, Function.identity()));
    }

    Optional<JobType<?, ?, ?>> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
