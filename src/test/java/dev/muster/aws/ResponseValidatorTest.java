package dev.muster.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.muster.engine.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.organizations.model.ListAccountsResponse;

class ResponseValidatorTest {
    @Test
    void anAnswerThatSaysNothingIsAFailureThatMayPass() {
        ListAccountsResponse accounts = ListAccountsResponse.builder().build();

        requireTransient(
                catchThrowable(() -> ResponseValidator.list(accounts.hasAccounts(), accounts.accounts(), "Accounts")));
    }

    @Test
    void anEmptyListIsAnAnswer() {
        ListAccountsResponse accounts =
                ListAccountsResponse.builder().accounts(List.of()).build();

        assertThat(ResponseValidator.list(accounts.hasAccounts(), accounts.accounts(), "Accounts"))
                .isEmpty();
    }

    private static void requireTransient(Throwable error) {
        Failure failure = new ErrorClassifier(AwsSettings.DEFAULT).classify(error, "list accounts");
        assertThat(failure.kind()).isEqualTo(Failure.Kind.TRANSIENT);
        assertThat(failure.code()).isEqualTo("MalformedAnswer");
    }
}
