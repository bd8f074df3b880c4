package io.pricewire.standalone.monitoring;

import io.pricewire.standalone.monitoring.Dashboards.Panel;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import tools.jackson.databind.JsonNode;

/** What a dashboard's panels show, two beside each other. */
final class DashboardPicture {

    private static final int WIDTH = 800;
    private static final int HEIGHT = 360;
    private static final int HEAD = 40;
    private static final int HOUR = 3_600;
    private static final int MOST_ROWS = 14;
    private static final Pattern LABEL = Pattern.compile("\\{\\{(\\w+)}}");

    private final String title;
    private final List<BufferedImage> panels = new ArrayList<>();

    DashboardPicture(String title) {
        this.title = title;
    }

    /** @param answers the series of each expression */
    void lines(Panel panel, List<List<JsonNode>> answers) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(panel.title())
                .xAxisTitle("seconds of the hour")
                .yAxisTitle(unit(panel))
                .build();
        style(chart.getStyler());
        Set<String> names = new HashSet<>();
        for (int target = 0; target < answers.size(); target++) {
            for (JsonNode series : answers.get(target)) {
                List<Double> times = new ArrayList<>();
                List<Double> values = new ArrayList<>();
                for (JsonNode sample : series.path("values")) {
                    double value =
                            Double.parseDouble(sample.path(1).stringValue().replace("+Inf", "Infinity"));
                    if (Double.isFinite(value)) {
                        times.add(sample.path(0).doubleValue() % HOUR);
                        values.add(value);
                    }
                }
                if (!values.isEmpty()) {
                    chart.addSeries(unique(name(panel, target, series), names), times, values)
                            .setMarker(SeriesMarkers.NONE);
                }
            }
        }
        add(chart);
    }

    void bars(Panel panel, List<JsonNode> series) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(panel.title())
                .yAxisTitle(unit(panel))
                .build();
        style(chart.getStyler());
        Set<String> names = new HashSet<>();
        for (JsonNode one : series) {
            double value = Double.parseDouble(one.at("/value/1").stringValue());
            if (Double.isFinite(value)) {
                chart.addSeries(
                        unique("%s: %s".formatted(name(panel, 0, one), value), names), List.of(" "), List.of(value));
            }
        }
        add(chart);
    }

    void table(Panel panel, List<List<String>> rows) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        graphics.setColor(Color.BLACK);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 14));
        graphics.drawString(panel.title(), 20, 25);
        graphics.setFont(new Font(Font.MONOSPACED, Font.PLAIN, 12));
        IntStream.range(0, Math.min(MOST_ROWS, rows.size()))
                .forEach(row -> graphics.drawString(String.join("  ", rows.get(row)), 20, 55 + 20 * row));
        graphics.dispose();
        panels.add(image);
    }

    void write(Path file) throws IOException {
        int rows = Math.ceilDiv(panels.size(), 2);
        BufferedImage all = new BufferedImage(2 * WIDTH, HEAD + rows * HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = all.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, all.getWidth(), all.getHeight());
        graphics.setColor(Color.BLACK);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 20));
        graphics.drawString(title, 20, 28);
        for (int panel = 0; panel < panels.size(); panel++) {
            graphics.drawImage(panels.get(panel), (panel % 2) * WIDTH, HEAD + (panel / 2) * HEIGHT, null);
        }
        graphics.dispose();
        ImageIO.write(all, "png", file.toFile());
    }

    private void add(Chart<?, ?> chart) {
        panels.add(BitmapEncoder.getBufferedImage(chart));
    }

    private static void style(Styler styler) {
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setLegendPosition(Styler.LegendPosition.OutsideE);
        styler.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 10));
        styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 14));
    }

    private static String unit(Panel panel) {
        return panel.json().at("/fieldConfig/defaults/unit").stringValue("");
    }

    /** As Grafana makes it of the legend's form. */
    private static String name(Panel panel, int target, JsonNode series) {
        String form =
                panel.json().path("targets").path(target).path("legendFormat").stringValue("");
        return LABEL.matcher(form)
                .replaceAll((MatchResult label) -> Matcher.quoteReplacement(
                        series.path("metric").path(label.group(1)).stringValue("")));
    }

    private static String unique(String name, Set<String> names) {
        String free = name.isBlank() ? "value" : name;
        while (!names.add(free)) {
            free += " ";
        }
        return free;
    }
}
