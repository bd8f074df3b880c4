package io.pricewire.query.history;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * An observation with what its source sent.
 *
 * @param payload the source's own record, untouched: as it is where it is text, else in base64
 * @param payloadType its media type
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ObservationDetail(@JsonUnwrapped ObservationView observation, String payload, String payloadType) {}
