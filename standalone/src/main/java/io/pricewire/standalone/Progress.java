package io.pricewire.standalone;

import java.io.Console;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows how far a run has come: a bar on a terminal, else a line whenever another tenth is done. */
interface Progress extends AutoCloseable {

    String WAITING = "waiting: another file is being read";

    void show(RunStatus run);

    /** Says that the run has not begun, because another is in progress. */
    void showWaiting();

    @Override
    void close();

    @SuppressWarnings("SystemConsoleNull") // it is null where another provider of consoles is chosen, or none
    static Progress of(String file) {
        Console console = System.console();
        return console != null && console.isTerminal() ? new Bar(file) : new Lines(file);
    }

    /** A bar that is drawn over and over. */
    final class Bar implements Progress {

        private final ProgressBar bar;

        Bar(String file) {
            this.bar = new ProgressBarBuilder()
                    .setTaskName(file)
                    .setInitialMax(0)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(200)
                    .build();
        }

        @Override
        public void show(RunStatus run) {
            bar.maxHint(run.size());
            bar.stepTo(run.progress());
            bar.setExtraMessage(run.seen() + " rows");
        }

        @Override
        public void showWaiting() {
            bar.setExtraMessage(WAITING);
        }

        @Override
        public void close() {
            bar.close();
        }
    }

    /** Plain lines. */
    final class Lines implements Progress {

        private static final int TENTHS = 10;

        private final String file;
        private @Nullable Long shown;

        Lines(String file) {
            this.file = file;
        }

        @Override
        public void show(RunStatus run) {
            long tenths = run.size() == 0 ? 0 : run.progress() * TENTHS / run.size();
            if (shown == null || shown != tenths) {
                shown = tenths;
                System.out.printf("%s: %d %%, %d rows read%n", file, tenths * TENTHS, run.seen());
            }
        }

        @Override
        public void showWaiting() {
            System.out.printf("%s: %s%n", file, WAITING);
        }

        @Override
        public void close() {}
    }
}
