package dev.muster.emulator.organizations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.emulator.Estate;
import dev.muster.emulator.PracticeAccount;
import dev.muster.emulator.server.ServiceError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * ListTagsForResource, TagResource and UntagResource for accounts. At the start accounts in Production and Testing have
 * the tag {@code stage}.
 */
final class TagOperations {
    private static final int LIMIT = 2;

    private final Map<String, Map<String, String>> byAccount = new ConcurrentHashMap<>();

    TagOperations(Estate estate, UnitTree units) {
        for (PracticeAccount account : estate.accounts()) {
            Map<String, String> tags = new ConcurrentSkipListMap<>();
            if (units.contains(UnitTree.PRODUCTION, account.id())) {
                tags.put("stage", "production");
            } else if (units.contains(UnitTree.TESTING, account.id())) {
                tags.put("stage", "testing");
            }
            byAccount.put(account.id(), tags);
        }
    }

    Map<String, ?> list(JsonNode body) {
        List<Map<String, String>> tags = new ArrayList<>();
        tagsOf(body).forEach((key, value) -> tags.add(Map.of("Key", key, "Value", value)));
        return new Paginator(LIMIT).answer("Tags", tags, body);
    }

    Map<String, ?> tag(JsonNode body) {
        Map<String, String> tags = tagsOf(body);
        body.path("Tags")
                .forEach(tag ->
                        tags.put(tag.path("Key").asText(), tag.path("Value").asText()));
        return Map.of();
    }

    Map<String, ?> untag(JsonNode body) {
        Map<String, String> tags = tagsOf(body);
        body.path("TagKeys").forEach(key -> tags.remove(key.asText()));
        return Map.of();
    }

    private Map<String, String> tagsOf(JsonNode body) {
        Map<String, String> tags = byAccount.get(body.path("ResourceId").asText());
        if (tags == null) {
            throw new ServiceError(400, "TargetNotFoundException", "You specified a target that doesn't exist.");
        }
        return tags;
    }
}
