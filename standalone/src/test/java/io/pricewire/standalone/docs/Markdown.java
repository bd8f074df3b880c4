package io.pricewire.standalone.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The fenced blocks of a document of this project. */
final class Markdown {

    private static final Pattern FENCED =
            Pattern.compile("^```(\\w*)\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern END_OF_COMMAND = Pattern.compile("(?<!\\\\)\\n");

    private Markdown() {}

    static List<Block> blocks(String document) throws IOException {
        return FENCED.matcher(Files.readString(Path.of("..", document)))
                .results()
                .map(fenced -> new Block(fenced.group(1), fenced.group(2)))
                .toList();
    }

    /**
     * One block.
     *
     * @param language what stands behind the fence, or nothing
     * @param text what stands within it
     */
    record Block(String language, String text) {

        boolean isShell() {
            return language.equals("sh");
        }

        /** The commands of a shell's block; one that goes on in the next line is one. */
        List<String> commands() {
            return Stream.of(END_OF_COMMAND.split(text)).toList();
        }

        /** What stands between the ellipses of a block that shows an output. */
        List<String> fragments() {
            return Stream.of(text.split("…"))
                    .map(String::strip)
                    .filter(fragment -> !fragment.isEmpty())
                    .toList();
        }
    }
}
