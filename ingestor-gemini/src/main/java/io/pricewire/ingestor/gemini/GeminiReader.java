package io.pricewire.ingestor.gemini;

import io.pricewire.service.PricewireService;
import org.springframework.context.annotation.Import;

/** Gemini's source by itself, with the ingestor's settings: for who asks it once and publishes nothing. */
@PricewireService(name = "ingestor-gemini")
@Import(GeminiSourceConfiguration.class)
public class GeminiReader {}
