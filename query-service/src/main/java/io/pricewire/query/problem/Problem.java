package io.pricewire.query.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A problem document by <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>.
 *
 * @param type what kind of problem it is; the same for the same kind
 * @param title what kind of problem it is, for a person
 * @param status the HTTP status
 * @param detail what is wrong in this case, for a person
 * @param instance the path that was asked for
 * @param requestId the id of the request, which is in the logs too
 * @param errors the parameters that cannot be accepted; null where it is not about parameters
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        @Nullable String requestId,
        @Nullable List<ProblemException.ParameterError> errors) {}
