//! A sweep at work: scenarios in parallel, results streamed to parts, resumed after a stop.
