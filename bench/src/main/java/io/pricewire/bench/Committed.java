package io.pricewire.bench;

import java.util.concurrent.ExecutionException;

/** What a consumer group has committed. */
record Committed(RawTopic topic, String group) implements Watch.Progress {

    @Override
    public boolean hasReached(RawTopic.Reached reached) throws ExecutionException, InterruptedException {
        return topic.isPassedBy(group, reached);
    }

    @Override
    public long rows() throws ExecutionException, InterruptedException {
        return topic.committedBy(group);
    }
}
