package dev.muster.contacts;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import dev.muster.engine.limit.RateLimiter.Quota;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Documented request quotas by operation, such as {@code GetAlternateContact}, from the section {@code
 * muster.contacts.quota}.
 *
 * @see <a href="https://docs.aws.amazon.com/accounts/latest/reference/quotas.html">Quotas for AWS Account
 *     Management</a>
 */
public record RequestQuotaTable(Map<String, Quota> byOperation) {
    public RequestQuotaTable {
        byOperation = Map.copyOf(byOperation);
    }

    public Optional<Quota> of(String operation) {
        return Optional.ofNullable(byOperation.get(operation));
    }

    /**
     * Reads the section.
     *
     * @throws ConfigException if a quota lacks a number, or has one out of range
     */
    public static RequestQuotaTable from(Config root) {
        Config config = root.getConfig("muster.contacts.quota");
        Map<String, Quota> quotas = new HashMap<>();
        for (Map.Entry<String, ConfigValue> entry : config.root().entrySet()) {
            quotas.put(entry.getKey(), quota("muster.contacts.quota." + entry.getKey(), config, entry.getKey()));
        }
        return new RequestQuotaTable(quotas);
    }

    private static Quota quota(String path, Config config, String operation) {
        ConfigObject quota = config.getObject(operation);
        double perSecond = quota.toConfig().getDouble("per-second");
        int burst = quota.toConfig().getInt("burst");
        if (!(perSecond > 0 && perSecond <= 100_000) || burst < 1) {
            throw new ConfigException.BadValue(
                    quota.origin(), path, "give a per-second above 0 and up to 100000, and a burst of at least 1");
        }
        return new Quota(perSecond, burst);
    }
}
