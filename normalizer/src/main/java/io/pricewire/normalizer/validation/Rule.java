package io.pricewire.normalizer.validation;

import io.pricewire.normalizer.observation.Candidate;
import io.pricewire.normalizer.observation.Reason;
import java.util.function.Consumer;

/** Something that every observation must keep. A rule says nothing of what is missing, unless that is what it is about. */
interface Rule {

    /** Reports each way in which the candidate breaks the rule. */
    void check(Candidate candidate, Consumer<Reason> broken);
}
