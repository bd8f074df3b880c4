package io.pricewire.query.json;

import java.time.Instant;

/** Something that clients are shown, with its JSON, which is made once and shared by everyone who asks. */
public interface Shown {

    /** Its JSON as of now, in UTF-8; not to be changed by whoever gets it. */
    byte[] json(Numbers form, Instant now);
}
