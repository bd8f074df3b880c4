package io.pricewire.normalizer.observation;

import io.pricewire.proto.v1.Decimal;
import io.pricewire.proto.v1.Figures;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The decimal numbers of an observation, in the order in which they stand in tables. The rank is no decimal. */
@SuppressWarnings("ImmutableEnumChecker") // method references hold no state
public enum Figure {
    PRICE(Figures::hasPrice, Figures::getPrice, Figures.Builder::clearPrice),
    OPEN(Figures::hasOpen, Figures::getOpen, Figures.Builder::clearOpen),
    HIGH(Figures::hasHigh, Figures::getHigh, Figures.Builder::clearHigh),
    LOW(Figures::hasLow, Figures::getLow, Figures.Builder::clearLow),
    VOLUME_BASE(Figures::hasVolumeBase, Figures::getVolumeBase, Figures.Builder::clearVolumeBase),
    VOLUME_QUOTE(Figures::hasVolumeQuote, Figures::getVolumeQuote, Figures.Builder::clearVolumeQuote),
    MARKET_CAP(Figures::hasMarketCap, Figures::getMarketCap, Figures.Builder::clearMarketCap),
    FULLY_DILUTED_VALUATION(
            Figures::hasFullyDilutedValuation,
            Figures::getFullyDilutedValuation,
            Figures.Builder::clearFullyDilutedValuation),
    VOLUME_24H(Figures::hasVolume24H, Figures::getVolume24H, Figures.Builder::clearVolume24H),
    BID(Figures::hasBid, Figures::getBid, Figures.Builder::clearBid),
    ASK(Figures::hasAsk, Figures::getAsk, Figures.Builder::clearAsk),
    HIGH_24H(Figures::hasHigh24H, Figures::getHigh24H, Figures.Builder::clearHigh24H),
    LOW_24H(Figures::hasLow24H, Figures::getLow24H, Figures.Builder::clearLow24H),
    CHANGE_24H_PCT(Figures::hasChange24HPct, Figures::getChange24HPct, Figures.Builder::clearChange24HPct),
    CIRCULATING_SUPPLY(
            Figures::hasCirculatingSupply, Figures::getCirculatingSupply, Figures.Builder::clearCirculatingSupply),
    TOTAL_SUPPLY(Figures::hasTotalSupply, Figures::getTotalSupply, Figures.Builder::clearTotalSupply),
    MAX_SUPPLY(Figures::hasMaxSupply, Figures::getMaxSupply, Figures.Builder::clearMaxSupply),
    ALL_TIME_HIGH(Figures::hasAllTimeHigh, Figures::getAllTimeHigh, Figures.Builder::clearAllTimeHigh),
    ALL_TIME_LOW(Figures::hasAllTimeLow, Figures::getAllTimeLow, Figures.Builder::clearAllTimeLow);

    private final Predicate<Figures> isIn;
    private final Function<Figures, Decimal> field;
    private final UnaryOperator<Figures.Builder> clear;
    private final String column = name().toLowerCase(Locale.ROOT);

    Figure(Predicate<Figures> isIn, Function<Figures, Decimal> field, UnaryOperator<Figures.Builder> clear) {
        this.isIn = isIn;
        this.field = field;
        this.clear = clear;
    }

    /** What it is called in tables and in the API. */
    public String column() {
        return column;
    }

    boolean isIn(Figures message) {
        return isIn.test(message);
    }

    String digits(Figures message) {
        return field.apply(message).getDigits();
    }

    Figures without(Figures message) {
        return clear.apply(message.toBuilder()).build();
    }
}
