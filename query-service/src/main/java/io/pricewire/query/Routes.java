package io.pricewire.query;

import static org.springdoc.core.fn.builders.apiresponse.Builder.responseBuilder;
import static org.springdoc.core.fn.builders.content.Builder.contentBuilder;
import static org.springdoc.core.fn.builders.parameter.Builder.parameterBuilder;
import static org.springdoc.core.fn.builders.schema.Builder.schemaBuilder;

import io.pricewire.query.parameter.Parameter;
import io.pricewire.query.parameter.Parameters;
import io.pricewire.query.problem.Problem;
import io.pricewire.query.problem.ProblemException;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springdoc.core.fn.builders.operation.Builder;
import org.springdoc.webflux.core.fn.SpringdocRouteBuilder;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Routes with their documentation, which is made from the very parameters that are read. */
final class Routes {

    private static final Pattern PATH_VARIABLE = Pattern.compile("\\{(\\w+)}");

    private final SpringdocRouteBuilder routes = SpringdocRouteBuilder.route();
    private final Map<String, String> allowed = new LinkedHashMap<>();
    private final List<RouterFunction<ServerResponse>> heads = new ArrayList<>();

    /** A route that answers JSON of this form. */
    Routes get(
            String path,
            HandlerFunction<ServerResponse> handler,
            Parameters parameters,
            Class<?> answer,
            String name,
            String summary) {
        return get(path, handler, parameters, answer, MediaType.APPLICATION_JSON_VALUE, name, summary);
    }

    /** A route that answers in this media type. */
    Routes get(
            String path,
            HandlerFunction<ServerResponse> handler,
            Parameters parameters,
            Class<?> answer,
            String mediaType,
            String name,
            String summary) {
        HandlerFunction<ServerResponse> checked = withReadablePath(handler);
        boolean ends = !mediaType.equals(MediaType.TEXT_EVENT_STREAM_VALUE);
        routes.GET(path, checked, document(path, parameters, answer, HttpStatus.OK, mediaType, name, summary));
        allow(path, ends ? "GET, HEAD" : "GET");
        if (ends) {
            heads.add(RouterFunctions.route(RequestPredicates.HEAD(path), checked));
        }
        return this;
    }

    /** A route that takes a request to do something later, and answers with JSON of this form. */
    Routes post(
            String path,
            HandlerFunction<ServerResponse> handler,
            Parameters parameters,
            Class<?> answer,
            String name,
            String summary) {
        routes.POST(path, withReadablePath(handler), command(path, parameters, answer, name, summary));
        allow(path, "POST");
        return this;
    }

    /** A route that takes what something is to be from now on, and answers with JSON of this form. */
    Routes put(
            String path,
            HandlerFunction<ServerResponse> handler,
            Parameters parameters,
            Class<?> answer,
            String name,
            String summary) {
        routes.PUT(path, withReadablePath(handler), command(path, parameters, answer, name, summary));
        allow(path, "PUT");
        return this;
    }

    private static Consumer<Builder> command(
            String path, Parameters parameters, Class<?> answer, String name, String summary) {
        return document(path, parameters, answer, HttpStatus.ACCEPTED, MediaType.APPLICATION_JSON_VALUE, name, summary);
    }

    private void allow(String path, String method) {
        allowed.merge(path, method, (before, now) -> before + ", " + now);
    }

    RouterFunction<ServerResponse> build() {
        Stream<RouterFunction<ServerResponse>> others =
                allowed.entrySet().stream().map(path -> refuseOthers(path.getKey(), path.getValue()));
        return Stream.concat(heads.stream(), others).reduce(routes.build(), RouterFunction::and);
    }

    private static RouterFunction<ServerResponse> refuseOthers(String path, String allowed) {
        return RouterFunctions.route(
                RequestPredicates.path(path), request -> Mono.error(ProblemException.methodNotAllowed(allowed)));
    }

    /** The database takes no text with U+0000, and so nothing has such a name. */
    private static HandlerFunction<ServerResponse> withReadablePath(HandlerFunction<ServerResponse> handler) {
        return request -> {
            if (request.pathVariables().values().stream().anyMatch(value -> value.indexOf('\0') >= 0)) {
                throw ProblemException.notFound("nothing has a name with the character U+0000");
            }
            return handler.handle(request);
        };
    }

    private static Consumer<Builder> document(
            String path,
            Parameters parameters,
            Class<?> answer,
            HttpStatus status,
            String mediaType,
            String name,
            String summary) {
        return operation -> {
            operation.operationId(name).summary(summary).tag("Pricewire");
            parameters.all().forEach(parameter -> operation.parameter(document(parameter)));
            PATH_VARIABLE
                    .matcher(path)
                    .results()
                    .forEach(variable -> operation.parameter(parameterBuilder()
                            .in(ParameterIn.PATH)
                            .name(variable.group(1))
                            .required(true)
                            .schema(schemaBuilder().type("string"))));
            operation
                    .response(responseBuilder()
                            .responseCode(String.valueOf(status.value()))
                            .description(status.getReasonPhrase())
                            .content(contentBuilder()
                                    .mediaType(mediaType)
                                    .schema(schemaBuilder().implementation(answer))))
                    .response(responseBuilder()
                            .responseCode("default")
                            .description("A problem, by RFC 9457")
                            .content(contentBuilder()
                                    .mediaType(MediaType.APPLICATION_PROBLEM_JSON_VALUE)
                                    .schema(schemaBuilder().implementation(Problem.class))));
        };
    }

    private static org.springdoc.core.fn.builders.parameter.Builder document(Parameter<?> parameter) {
        return parameterBuilder()
                .in(ParameterIn.QUERY)
                .name(parameter.name())
                .description(parameter.description())
                .required(false)
                .schema(schemaBuilder()
                        .type(parameter.type())
                        .allowableValues(parameter.choices().toArray(new String[0])));
    }
}
