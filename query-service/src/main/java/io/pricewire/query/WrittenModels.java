package io.pricewire.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Documents records as they are written: names in snake case, every name always there, null where that is said. The
 * library that makes the document sees neither the annotations of Jackson 3 nor those of types.
 */
final class WrittenModels extends ModelResolver {

    private static final PropertyNamingStrategies.NamingBase NAMES = new PropertyNamingStrategies.SnakeCaseStrategy();
    private static final String REFERENCE = "#/components/schemas/";

    WrittenModels() {
        super(new ObjectMapper().setPropertyNamingStrategy(NAMES));
        openapi31(true);
    }

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> others) {
        Schema<?> schema = super.resolve(type, context, others);
        Class<?> form = _mapper.constructType(type.getType()).getRawClass();
        if (schema != null && form.isRecord()) {
            describe(form, modelOf(schema, context));
        }
        return schema;
    }

    private static Schema<?> modelOf(Schema<?> schema, ModelConverterContext context) {
        String reference = schema.get$ref();
        return reference == null
                ? schema
                : context.getDefinedModels().getOrDefault(reference.substring(REFERENCE.length()), schema);
    }

    @SuppressWarnings("rawtypes") // the library's own signature
    private static void describe(Class<?> form, Schema<?> model) {
        Map<String, Schema> properties = model.getProperties();
        if (properties == null) {
            return;
        }
        for (RecordComponent component : form.getRecordComponents()) {
            String name = name(component);
            if (properties.containsKey(name) && isNullable(component)) {
                properties.put(name, orNull(properties.get(name)));
            }
        }
        if (!form.isAnnotationPresent(JsonInclude.class)) {
            model.setRequired(names(form).toList());
        }
    }

    private static Stream<String> names(Class<?> form) {
        return Stream.of(form.getRecordComponents())
                .flatMap(component -> component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)
                        ? names(component.getType())
                        : Stream.of(name(component)));
    }

    private static String name(RecordComponent component) {
        JsonProperty given = component.getAccessor().getAnnotation(JsonProperty.class);
        return given == null ? NAMES.translate(component.getName()) : given.value();
    }

    private static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static Schema<?> orNull(Schema<?> schema) {
        if (schema.get$ref() != null) {
            return new Schema<>().anyOf(List.of(schema, new Schema<>().types(Set.of("null"))));
        }
        Set<String> types = new LinkedHashSet<>();
        if (schema.getTypes() != null) {
            types.addAll(schema.getTypes());
        } else if (schema.getType() != null) {
            types.add(schema.getType());
        }
        if (!types.isEmpty()) {
            types.add("null");
            schema.setTypes(types);
        }
        return schema;
    }
}
