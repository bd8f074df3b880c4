package io.pricewire.standalone;

import io.pricewire.ingestor.Batch;
import io.pricewire.ingestor.Refusal;
import java.io.IOException;

/** Reads files and judges their rows as loading them would, without servers and without storing anything. */
final class DryRun {

    private static final int REFUSALS_SHOWN = 10;

    private final Judgement judgement = Judgement.asConfigured();
    private final PriceFile file;
    private long accepted;
    private long refused;

    private DryRun(PriceFile file) {
        this.file = file;
    }

    /** Returns whether all of it would be loaded. */
    static boolean of(PriceFile file) throws IOException {
        DryRun run = new DryRun(file);
        try {
            file.read(run::judge, System.out::println);
        } catch (UsageException unreadable) {
            System.out.println(unreadable.getMessage());
            return false;
        }
        System.out.printf("%s: would load %d, quarantine %d%n", file.name(), run.accepted, run.refused);
        return run.refused == 0;
    }

    private void judge(Batch batch) {
        Batch judged = judgement.of(batch);
        accepted += judged.observed().size();
        judged.refused().forEach(this::show);
    }

    private void show(Refusal refusal) {
        if (++refused <= REFUSALS_SHOWN) {
            String place = refusal.line() == 0 ? refusal.sourceAssetId() : "line " + refusal.line();
            System.out.printf("%s: %s: %s%n", file.name(), place, RefusedRecords.reasons(refusal));
        }
    }
}
