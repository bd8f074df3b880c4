package io.pricewire.ingestor;

import io.pricewire.proto.v1.Decimal;
import io.pricewire.proto.v1.Figures;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** Where each figure stands in the message. */
final class FigureFields {

    private static final Map<Figure, BiConsumer<Figures.Builder, Decimal>> DECIMALS = new EnumMap<>(Map.ofEntries(
            Map.entry(Figure.PRICE, Figures.Builder::setPrice),
            Map.entry(Figure.OPEN, Figures.Builder::setOpen),
            Map.entry(Figure.HIGH, Figures.Builder::setHigh),
            Map.entry(Figure.LOW, Figures.Builder::setLow),
            Map.entry(Figure.VOLUME_BASE, Figures.Builder::setVolumeBase),
            Map.entry(Figure.VOLUME_QUOTE, Figures.Builder::setVolumeQuote),
            Map.entry(Figure.MARKET_CAP, Figures.Builder::setMarketCap),
            Map.entry(Figure.FULLY_DILUTED_VALUATION, Figures.Builder::setFullyDilutedValuation),
            Map.entry(Figure.VOLUME_24H, Figures.Builder::setVolume24H),
            Map.entry(Figure.BID, Figures.Builder::setBid),
            Map.entry(Figure.ASK, Figures.Builder::setAsk),
            Map.entry(Figure.HIGH_24H, Figures.Builder::setHigh24H),
            Map.entry(Figure.LOW_24H, Figures.Builder::setLow24H),
            Map.entry(Figure.CHANGE_24H_PCT, Figures.Builder::setChange24HPct),
            Map.entry(Figure.CIRCULATING_SUPPLY, Figures.Builder::setCirculatingSupply),
            Map.entry(Figure.TOTAL_SUPPLY, Figures.Builder::setTotalSupply),
            Map.entry(Figure.MAX_SUPPLY, Figures.Builder::setMaxSupply),
            Map.entry(Figure.ALL_TIME_HIGH, Figures.Builder::setAllTimeHigh),
            Map.entry(Figure.ALL_TIME_LOW, Figures.Builder::setAllTimeLow)));

    private FigureFields() {}

    static Figures toMessage(Map<Figure, BigDecimal> figures) {
        Figures.Builder message = Figures.newBuilder();
        figures.forEach((figure, number) -> {
            BiConsumer<Figures.Builder, Decimal> field = DECIMALS.get(figure);
            if (field == null) {
                message.setRank(number.intValueExact());
            } else {
                field.accept(message, decimal(number));
            }
        });
        return message.build();
    }

    private static Decimal decimal(BigDecimal number) {
        return Decimal.newBuilder().setDigits(number.toPlainString()).build();
    }
}
