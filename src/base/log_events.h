/*
 * log_events.h - every event the log can hold: name, level, what it tells.
 */
#ifndef BASE_LOG_EVENTS_H
#define BASE_LOG_EVENTS_H

#define LOG_EVENTS(X)                                                                              \
    X(serve_start, LOG_INFO, "the paper is up and takes requests at this address")                 \
    X(confined, LOG_INFO, "what the process has given up before it serves (docs/operations.md)")   \
    X(confined_less, LOG_WARN, "the same, where this kernel has not all of it")                    \
    X(serve_stop, LOG_INFO, "asked to stop: open requests are finished first")                     \
    X(serve_end, LOG_INFO, "everything is closed")                                                 \
    X(serve_files, LOG_INFO, "the file handles there are, and the connections that these allow")   \
    X(handover_start, LOG_INFO, "asked for the next program: it was started")                      \
    X(handover_done, LOG_INFO, "the next program serves and works; this one retires")              \
    X(handover_failed, LOG_ERROR, "the next program did not take over; this one goes on")          \
    X(request, LOG_INFO, "one answered request (the access log)")                                  \
    X(request_failed, LOG_ERROR, "a handler gave an error that is not the asker's fault")          \
    X(clock_jumped, LOG_WARN,                                                                      \
      "the machine's clock was set while the paper ran (docs/operations.md)")                      \
    X(alarm_begins, LOG_WARN, "something that somebody should know of is so from now on")          \
    X(alarm_ends, LOG_INFO, "it is so no more")                                                    \
    X(lite_begins, LOG_WARN, "readers were refused for long: the paper is lite by itself")         \
    X(lite_ends, LOG_INFO, "nobody was refused for long: the paper is again as it is set")         \
    X(job_over, LOG_ERROR, "a job needed more memory than its ceiling and was ended")              \
    X(store_open, LOG_INFO, "the data folder is open")                                             \
    X(restored, LOG_WARN,                                                                          \
      "made from a backup; what waited to be sent when that was made will not go")                 \
    X(store_migrate, LOG_INFO, "the schema was brought up to date")                                \
    X(store_failed, LOG_ERROR, "the database refused something that it should not")                \
    X(find_failed, LOG_ERROR, "the search index could not be brought up to date; it tries again")  \
    X(follower_failed, LOG_ERROR, "a follower could not handle an event and will try again")       \
    X(errand_failed, LOG_ERROR, "a hub or a cache in front could not be told; it is tried again")  \
    X(errand_refused, LOG_ERROR, "a hub does not want what it was told; that is not told again")   \
    X(due_late, LOG_WARN, "what was due at a time was done more than two seconds after it")        \
    X(due_failed, LOG_ERROR, "what was due could not be done; it is tried again")                  \
    X(theme_loaded, LOG_INFO, "the templates were compiled")                                       \
    X(theme_lacks, LOG_WARN, "it has no words in the paper's language for all it says")            \
    X(theme_failed, LOG_ERROR, "a template is wrong; the last good theme stays in use")            \
    X(media_made, LOG_INFO, "the widths of a picture are ready")                                   \
    X(media_failed, LOG_WARN, "a picture could not be made smaller; the reason follows")           \
    X(films_open, LOG_WARN, "this kernel lacks part of what confines ffprobe and ffmpeg")          \
    X(darkroom_open, LOG_WARN, "this kernel confines the decoders of pictures less than it might") \
    X(mail_sent, LOG_INFO, "the mail server has taken a mail")                                     \
    X(mail_failed, LOG_WARN, "a mail did not go; it is tried again")                               \
    X(mail_given_up, LOG_ERROR, "a mail will not go; `broadsheet check` says why")                 \
    X(webhook_sent, LOG_INFO, "a machine elsewhere was told of an event")                          \
    X(webhook_failed, LOG_WARN, "a machine elsewhere did not take what it was told; again later")  \
    X(webhook_stuck, LOG_ERROR, "the same, for more than fifteen minutes; the desk has an alarm")  \
    X(webhook_given_up, LOG_ERROR, "a machine elsewhere will not be told; the desk says why")      \
    X(push_sent, LOG_INFO, "the push service of a reader's browser has taken what it is told")     \
    X(push_failed, LOG_WARN,                                                                       \
      "a push service did not take what a device is told; it is tried again")                      \
    X(push_given_up, LOG_WARN, "a push service will not take what a device is told")               \
    X(words_missing, LOG_WARN, "cracklib has no list of known words; passwords pass without")      \
    X(tls_loaded, LOG_INFO, "certificates were read; the one named ends first")                    \
    X(tls_failed, LOG_ERROR, "certificates could not be read again; the last good ones are used")  \
    X(tls_ends, LOG_WARN, "a certificate ends within fourteen days, or has ended: renew it")       \
    X(h2_calm, LOG_WARN, "a connection asked for much work that carries nothing and was ended")    \
    X(ingest_item, LOG_INFO, "an item of copy was taken in")                                       \
    X(ingest_quarantine, LOG_WARN, "an item of copy could not be read and was set aside")

#endif
