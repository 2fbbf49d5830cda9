package dev.muster.events.dayfile;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.util.StdConverter;
import dev.muster.output.Json;

/** Content that must be durable before a message is deleted. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
@JsonSubTypes({
    @JsonSubTypes.Type(value = Content.Line.class, name = "line"),
    @JsonSubTypes.Type(value = Content.Poison.class, name = "poison"),
    @JsonSubTypes.Type(value = Content.Outgoing.class, name = "outgoing"),
    @JsonSubTypes.Type(value = Content.Nothing.class, name = "nothing")
})
public sealed interface Content {
    /** Line of the message, in the file of its day. */
    record Line(String text) implements Content {
        public Line {
            requireNonNull(text, "text is null");
        }
    }

    /** The message itself, and why it cannot be turned into a line, in the quarantine. */
    record Poison(
            String messageId,

            @JsonSerialize(converter = Escaped.class) @JsonDeserialize(converter = Unescaped.class)
            String body,

            String reason,
            int receiveCount)
            implements Content {
        public Poison {
            requireNonNull(messageId, "messageId is null");
            requireNonNull(body, "body is null");
            requireNonNull(reason, "reason is null");
        }
    }

    /** A message to be published. */
    record Outgoing(String body) implements Content {
        public Outgoing {
            requireNonNull(body, "body is null");
        }
    }

    /** Nothing: the message is unwanted. */
    record Nothing() implements Content {}

    /** The content without what differs between deliveries of the message. */
    default Content ofAnyDelivery() {
        return this instanceof Poison poison ? new Poison(poison.messageId(), poison.body(), "", 0) : this;
    }

    /** Approximate size in memory, in bytes. */
    default int size() {
        if (this instanceof Line line) {
            return line.text().length();
        } else if (this instanceof Poison poison) {
            return poison.body().length();
        } else if (this instanceof Outgoing outgoing) {
            return outgoing.body().length();
        }
        return 0;
    }

    /** Text as a JSON string in ASCII: a body can contain what no encoding of Unicode can represent. */
    final class Escaped extends StdConverter<String, String> {
        @Override
        public String convert(String text) {
            return Json.dumps(text);
        }
    }

    /** Text of a JSON string. */
    final class Unescaped extends StdConverter<String, String> {
        private static final JsonMapper MAPPER = new JsonMapper();

        @Override
        public String convert(String text) {
            try {
                return MAPPER.readValue(text, String.class);
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException("not a JSON string", e);
            }
        }
    }
}
