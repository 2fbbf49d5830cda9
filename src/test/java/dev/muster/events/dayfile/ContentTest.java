package dev.muster.events.dayfile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import org.junit.jupiter.api.Test;

class ContentTest {
    @Test
    void aBodyWithAnUnpairedSurrogateTravelsUnchanged() throws Exception {
        CBORMapper mapper = CBORMapper.builder().build();
        Content poison = new Content.Poison("id", "a\ud83d\u00e9 \ud83d\ude00", "reason", 2);
        byte[] travelling = mapper.writerFor(Content.class).writeValueAsBytes(poison);
        assertThat(mapper.readValue(travelling, Content.class)).isEqualTo(poison);
    }
}
