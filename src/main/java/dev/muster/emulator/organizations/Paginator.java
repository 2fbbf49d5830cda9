package dev.muster.emulator.organizations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.emulator.server.ServiceError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pages of a list. As with the real service a page may be empty and yet not the last: here every third one is.
 *
 * @param limit the most items of a page; what a request's MaxResults may lower
 */
record Paginator(int limit) {
    private static final String PREFIX = "page-";

    /** @param nextToken absent on the last page */
    record Page<T>(List<T> items, Optional<String> nextToken) {}

    <T> Page<T> of(List<T> all, JsonNode request) {
        int size = Math.min(limit, request.path("MaxResults").asInt(limit));
        if (size < 1) {
            throw invalid("MaxResults must be from 1 to " + limit);
        }
        Position position = position(request.path("NextToken").asText(PREFIX + "0-0"));
        if (position.number() % 3 == 2) {
            return new Page<>(List.of(), Optional.of(token(position.number() + 1, position.offset())));
        }
        int from = Math.min(position.offset(), all.size());
        int until = Math.min(from + size, all.size());
        Optional<String> next =
                until < all.size() ? Optional.of(token(position.number() + 1, until)) : Optional.empty();
        return new Page<>(List.copyOf(all.subList(from, until)), next);
    }

    /** A page as an answer under the name that the operation has for its items. */
    Map<String, ?> answer(String name, List<?> all, JsonNode request) {
        Page<?> page = of(all, request);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put(name, page.items());
        page.nextToken().ifPresent(token -> answer.put("NextToken", token));
        return answer;
    }

    private record Position(int number, int offset) {}

    private static String token(int number, int offset) {
        return PREFIX + number + "-" + offset;
    }

    private static Position position(String token) {
        if (!token.matches(PREFIX + "\\d{1,9}-\\d{1,9}")) {
            throw invalid("You specified an invalid pagination token.");
        }
        int dash = token.lastIndexOf('-');
        return new Position(
                Integer.parseInt(token.substring(PREFIX.length(), dash)), Integer.parseInt(token.substring(dash + 1)));
    }

    private static ServiceError invalid(String message) {
        return new ServiceError(400, "InvalidInputException", message);
    }
}
