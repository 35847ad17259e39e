#include "command/words.h"

#include "base/log.h"
#include "command/backup.h"
#include "command/certificates.h"
#include "command/confine.h"
#include "command/handover.h"
#include "command/sample.h"
#include "command/supervisor.h"
#include "http/links.h"
#include "media/darkroom.h"
#include "page/theme_watch.h"
#include "site/desk/presence.h"
#include "site/pulse.h"
#include "site/ration.h"
#include "site/reads.h"
#include "site/refusal.h"
#include "site/site.h"
#include "staff/challenge.h"
#include "staff/staff.h"
#include "staff/throttle.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <unistd.h>

enum {
    CACHE_MB = 256,
    ZONES_CEILING = 64 << 20,
    REFUSALS_CEILING = 16 << 20,
    LACKS_CEILING = 16 << 20,
    THREADS_MAX = 64,
    QUEUE_MOST = 10000,
    PATIENCE_MOST_MS = 60000,
    COPY_MAX = 16
};

struct words {
    const char *data, *listen, *theme, *sample, *tls_listen, *acme;
    const char *copy[COPY_MAX]; /* folders */
    size_t copy_n;
    struct certificates certificates;
    int64_t threads, cache_mb, queue, patience_ms;
    bool wants_sample, draws_anew, is_quiet, proxied, secure, asks_inside, is_free;
    struct supervisor_handed handed;
    int connections; /* that the file handles allow */
};

/* -1: go on; else the exit code. */
static int read_words(const struct command *c, int argc, char **argv, struct words *w)
{
    const struct word words[] = {
        DATA_WORD(&w->data),
        {"listen", "A:P", "where to listen (default 127.0.0.1:8080; port 0: any free one)",
         .address = &w->listen},
        {"theme", "DIR",
         "a folder whose templates and files win over the built-in ones; read again when something "
         "in it changes",
         .text = &w->theme},
        {"threads", "N", "loop threads (default: one a processor)", .number = &w->threads,
         .least = 1, .most = THREADS_MAX},
        {"sample", "DIR", "fill a paper that is empty with the sample edition",
         .flag = &w->wants_sample, .text = &w->sample},
        {"cache-mb", "N", "memory for pages that were drawn (default 256)", .number = &w->cache_mb,
         .least = 1, .most = 1 << 20},
        {"no-cache", NULL, "draw every page anew", .flag = &w->draws_anew},
        {"queue", "N",
         "requests of readers that may wait for a thread that draws (default 256); "
         "docs/operations.md says which are refused first",
         .number = &w->queue, .least = 1, .most = QUEUE_MOST},
        {"patience", "MS",
         "how long the first of these may have waited before some are refused (default 100)",
         .number = &w->patience_ms, .least = 1, .most = PATIENCE_MOST_MS},
        {"quiet", NULL, "no access log", .flag = &w->is_quiet},
        {"proxied", NULL,
         "believe what a proxy on this machine says of who asks (X-Forwarded-For, "
         "X-Forwarded-Proto)",
         .flag = &w->proxied},
        {"secure", NULL, "readers come by https only: tell their browsers to keep to it",
         .flag = &w->secure},
        {"tls-cert", "FILE", "speak TLS with this certificate (PEM, the whole chain) and",
         .text = w->certificates.certs, .count = &w->certificates.cert_n, .most = TLS_PAIRS_MAX},
        {"tls-key", "FILE",
         "this private key; several pairs: chosen by the name asked for.  What comes in the clear "
         "is sent to https.  SIGHUP reads them again; so does a change of their files",
         .text = w->certificates.keys, .count = &w->certificates.key_n, .most = TLS_PAIRS_MAX},
        {"tls-listen", "A:P", "where TLS is spoken (default 127.0.0.1:8443)",
         .address = &w->tls_listen},
        {"acme", "DIR", "answer /.well-known/acme-challenge/ from here (uacme, certbot)",
         .text = &w->acme},
        {"copy", "DIR",
         "copy comes into this folder: what was set aside finds the pictures that lie beside it "
         "when it is taken in again at the desk; may be repeated",
         .text = w->copy, .count = &w->copy_n, .most = COPY_MAX},
        {"no-sandbox", NULL, "give nothing up before serving: all files, all system calls",
         .flag = &w->is_free},
        {"ask-inside", NULL,
         "links in copy, webhooks and push services may be in private networks: they are asked as "
         "well",
         .flag = &w->asks_inside},
        {.help = "Sockets that systemd hands over are listened at instead (the one named \"tls\" "
                 "with TLS)."},
        {.help = "SIGTERM ends it after open requests are answered; SIGUSR2 starts the program "
                 "anew, which takes over with no request lost (docs/operations.md)."},
    };

    *w = (struct words){.data = command_data_folder(),
                        .listen = "127.0.0.1:8080",
                        .tls_listen = "127.0.0.1:8443",
                        .cache_mb = CACHE_MB};

    int done = words_read(c, words, LENGTH(words), &argc, &argv);

    if (w->draws_anew)
        w->cache_mb = 0;
    if (done < 0 && w->acme != NULL && access(w->acme, R_OK | X_OK) != 0)
        return command_words(c, "--acme takes a folder that the paper may read; %s: %s", w->acme,
                             strerror(errno));
    return done;
}

/* The sample edition that came with the program: beside its source, or where a package puts it. */
static const char *sample_folder(arena *a, const struct words *w)
{
    char self[4096];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    const char *beside;

    if (w->sample != NULL)
        return w->sample;
    if (n > 0) {
        str folder = str_of(self, (size_t)n);

        folder = str_to(folder, (size_t)str_find_last(folder, '/'));
        beside = str_z(a, str_fmt(a, "%.*s/../sample", STR(folder)));
        if (access(beside, R_OK) == 0)
            return beside;
    }
    return "/usr/share/broadsheet/sample";
}

static err fill_if_new(struct house *h, const struct words *w, const struct media_library *library,
                       note *why)
{
    bool wanted;

    if (!w->wants_sample || w->handed.before >= 0)
        return OK;
    TRY(sample_wanted(h, &wanted));
    if (!wanted)
        return OK;
    printf("Taking in the sample edition...\n");
    fflush(stdout);
    return sample_load(h, library, sample_folder(h->a, w), why);
}

/* Everything that the words name stays within reach. */
static err confine_to(const struct words *w, note *why)
{
    arena *a = arena_new(1 << 20);
    struct confine_words places = {.data = w->data};
    err e;

    confine_add(&places, w->theme);
    confine_add(&places, w->acme);
    for (size_t i = 0; i < w->copy_n; i++)
        confine_add(&places, w->copy[i]);
    if (w->wants_sample)
        confine_add(&places, sample_folder(a, w));
    for (size_t i = 0; i < w->certificates.cert_n; i++) {
        confine_add_file(a, &places, w->certificates.certs[i]);
        confine_add_file(a, &places, w->certificates.keys[i]);
    }
    e = confine(a, &places, why);
    arena_free(&a);
    return e;
}

/* --- the theme --- */

/* Words that the paper's language has not are said in English: worth knowing. */
static void tell_lacks(const theme *t, str language)
{
    arena *a = arena_new(LACKS_CEILING);
    size_t n;
    const str *lacks = theme_lacks(a, t, language, &n);

    if (n > 0)
        log_event(LOG_theme_lacks, "language=\"%.*s\" words=%zu first=\"%.*s\"", STR(language), n,
                  STR(lacks[0]));
    arena_free(&a);
}

/* What is drawn beforehand, too. */
static err draw_refusals(struct site *s, note *why)
{
    arena *a = arena_new(REFUSALS_CEILING);
    store_conn *db;
    err e = store_conn_open(s->store, &db, why);

    if (e == OK) {
        e = refusals_draw(s, a, db);
        store_conn_close(&db);
    }
    arena_free(&a);
    return e;
}

/* Something in the theme's folder has changed. */
static void reload_theme(void *of, const char *folder)
{
    struct site *s = of;
    theme *t;
    note why = {0};

    if (command_theme_load(folder, &t, &why) != OK) {
        log_event(LOG_theme_failed, "why=\"%s\"", why.text);
        return;
    }
    site_theme_change(s, t);
    if (draw_refusals(s, &why) != OK)
        log_event(LOG_theme_failed, "why=\"%s\"", why.text);
    log_event(LOG_theme_loaded, "folder=\"%s\"", folder);
}

/* --- file handles --- */

/* Once there are threads the kernel stops whoever needs a larger table of them, for milliseconds,
 * and that would be a loop. */
static void make_room_for(int highest)
{
    int last = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, highest);

    if (last >= 0)
        close(last);
}

/* As many as the machine lets us have.  The connections that these allow: some handles are kept for
 * the database, pictures and what is read from the disk. */
static int raise_files(void)
{
    enum { KEPT = 128, SHARE = 16, MOST = 30000 };
    struct rlimit r;

    if (getrlimit(RLIMIT_NOFILE, &r) != 0)
        return 0;
    if (r.rlim_cur < r.rlim_max) {
        struct rlimit all = {r.rlim_max, r.rlim_max};

        if (setrlimit(RLIMIT_NOFILE, &all) == 0)
            r = all;
    }

    int64_t files = r.rlim_cur > INT32_MAX ? INT32_MAX : (int64_t)r.rlim_cur;
    int64_t left = files - KEPT - files / SHARE;
    int connections = left > MOST ? MOST : left < KEPT ? KEPT : (int)left;

    make_room_for(connections + KEPT - 1);
    log_event(LOG_serve_files, "files=%lld connections=%d", (long long)files, connections);
    return connections;
}

/* --- the whole --- */

static err take_charge(void *of, note *why)
{
    struct site *s = of;

    TRY(store_take_charge(s->store, why));

    err e = work_start(s, why);

    if (e != OK)
        store_leave_charge(s->store);
    return e;
}

static void leave_charge(void *of)
{
    struct site *s = of;

    work_stop(s);
    store_leave_charge(s->store);
}

static err open_site(struct house *h, const struct words *w, struct site *s, struct handover *over,
                     note *why)
{
    s->store = h->store;
    s->clock = store_clock(h->store);
    pthread_mutex_init(&s->theme_lock, NULL);
    work_open(&s->work);
    shelf_open(&s->shelf);
    s->reads = reads_new();
    s->throttle = throttle_new();
    s->rations = rations_new();
    s->refusals = refusals_new();
    s->presence = presence_new();
    s->challenges = challenges_new();
    s->asks_inside = w->asks_inside;
    s->links = links_start(w->asks_inside);
    s->zones = arena_new(ZONES_CEILING);
    s->zone = paper_zone(s->zones, h->db);
    TRY(command_theme_load(w->theme, &s->theme, why));
    tell_lacks(s->theme, paper_setting(h->a, h->db, S("language"), S("en")));
    if (w->cache_mb > 0)
        s->cache = cache_new(s->clock, (size_t)w->cache_mb << 20, true);
    for (size_t i = 0; i < site_follower_count; i++)
        site_followers[i].of = s;
    TRY(pulse_start(s, &s->pulse, why));
    TRY(handover_begin(over, (struct handover_work){take_charge, leave_charge, s}, w->handed.before,
                       why));
    TRY(store_listen(h->store, why));
    TRY(store_memory_followers_start(h->store, site_followers, site_follower_count, why));
    return refusals_draw(s, h->a, h->db);
}

static void close_site(struct house *h, struct site *s)
{
    if (s->store == NULL)
        return; /* something failed before it was opened */
    store_followers_stop(h->store);
    work_stop(s);
    pulse_stop(&s->pulse);
    work_close(&s->work);
    cache_free(&s->cache);
    theme_drop(&s->theme);
    shelf_close(&s->shelf);
    reads_free(&s->reads);
    presence_free(&s->presence);
    throttle_free(&s->throttle);
    rations_free(&s->rations);
    refusals_free(&s->refusals);
    challenges_free(&s->challenges);
    links_stop(&s->links);
    if (s->zones != NULL)
        arena_free(&s->zones);
}

static void our_signals(sigset_t *set)
{
    sigemptyset(set);
    sigaddset(set, SIGTERM);
    sigaddset(set, SIGINT);
    sigaddset(set, SIGHUP);
    sigaddset(set, SIGUSR2);
}

static int open_signals(void)
{
    sigset_t set;

    our_signals(&set);

    int signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);

    must(signals >= 0);
    return signals;
}

/* 0: none has come. */
static int next_signal(int signals)
{
    struct signalfd_siginfo it;

    return read(signals, &it, sizeof it) == sizeof it ? (int)it.ssi_signo : 0;
}

static int patience_ms(const struct handover *h, const struct certificates *c)
{
    int ms = handover_patience_ms(h), look_ms = CERTIFICATES_LOOK_S * 1000;

    return c->tls == NULL || (ms >= 0 && ms < look_ms) ? ms : look_ms;
}

static void look_at_certificates(struct site *s, struct certificates *c, bool asked)
{
    certificates_look(c, clock_now(s->clock), asked);
    atomic_store(&s->certificate_until, c->ends_at);
}

/* Until the end is asked for, or the next program has taken over; certificates are looked after
 * meanwhile. */
static err wait_for_end(struct site *s, struct server *server, struct certificates *certificates,
                        struct handover *h, note *why)
{
    int signals = open_signals();
    err e = OK;

    while (e == OK && h->stage != DONE) {
        struct pollfd p[] = {{.fd = signals, .events = POLLIN},
                             {.fd = handover_watched(h), .events = POLLIN}};
        int ready = poll(p, LENGTH(p), patience_ms(h, certificates));
        int which = next_signal(signals);

        if (which == SIGTERM || which == SIGINT)
            break;
        if (which == SIGUSR2) {
            server_be_patient(server);
            handover_start(h, server_sockets(server));
        }
        if (certificates->tls != NULL && (ready == 0 || which == SIGHUP))
            look_at_certificates(s, certificates, which == SIGHUP);
        e = handover_look(h, why);
    }
    close(signals);
    return e;
}

/* The next program has taken over: until the last request is answered, or the end is asked for. */
static void retire(struct server *server)
{
    int signals = open_signals(), ended = server_retire(server), which = 0;
    struct pollfd p[] = {{.fd = signals, .events = POLLIN}, {.fd = ended, .events = POLLIN}};

    while (p[1].revents == 0 && which != SIGTERM && which != SIGINT) {
        poll(p, LENGTH(p), -1);
        which = next_signal(signals);
    }
    close(signals);
}

/* Threads that start from now on leave the signals to the main one. */
static void block_signals(void)
{
    sigset_t set;

    our_signals(&set);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    signal(SIGPIPE, SIG_IGN);
}

/* Who works here first has this link; nobody has a password that others know. */
struct first {
    int64_t now;
    str secret; /* empty: somebody works here */
};

static err make_first_link(arena *a, store_conn *w, void *of, note *why)
{
    struct first *first = of;
    struct staff_work k = {.a = a, .w = w, .now = first->now, .may = PRIVILEGES_ALL};

    return staff_link_first(&k, &first->secret, why);
}

static err find_first(struct house *h, struct first *out, note *why)
{
    int64_t people;

    *out = (struct first){.now = clock_now(store_clock(h->store))};
    TRY(staff_count(h->a, h->db, &people));
    if (people > 0)
        return OK;

    err e = store_write(h->store, make_first_link, out, h->a, why);

    return e == E_CONFLICT ? OK : e;
}

/* What to type into a browser on this machine. */
static str address_of(arena *a, const char *scheme, const char *listen, const char *usual, int port)
{
    str address = str_c(listen);
    str host = str_to(address, (size_t)str_find_last(address, ':'));

    if (host.n == 0 || (str_eq(host, S("127.0.0.1")) && str_ends(address, str_c(usual))))
        host = S("localhost");
    return str_fmt(a, "%s://%.*s:%d", scheme, STR(host), port);
}

static void say_where(struct house *h, const struct words *w, const struct server *server,
                      str first_link)
{
    str here = address_of(h->a, "http", w->listen, ":8080", server_port(server));

    printf("Broadsheet serves %s at %.*s\n", w->data, STR(here));
    if (server_tls_port(server) != 0) {
        here = address_of(h->a, "https", w->tls_listen, ":8443", server_tls_port(server));
        printf("and over TLS at %.*s\n", STR(here));
    }
    if (first_link.n > 0)
        printf("Nobody works here yet.  This opens the newsroom, once, within %d hours:\n%.*s\n",
               LINK_FIRST_H, STR(command_link(h, w->secure ? S("") : here, first_link)));
    fflush(stdout);
}

/* From now on what happens is told to open pages; with NULL, no more. */
static void open_ears(struct site *s, struct server *server)
{
    pthread_mutex_lock(&s->server_lock);
    s->server = server;
    pthread_mutex_unlock(&s->server_lock);
}

static err run_server(struct house *h, struct site *s, struct words *w, struct handover *over,
                      note *why)
{
    struct server *server;
    struct first first = {0};
    struct server_options options = {
        .address = w->listen,
        .listener = w->handed.clear,
        .tls_listener = w->handed.tls,
        .tls = w->certificates.tls,
        .tls_address = w->tls_listen,
        .takes_over = w->handed.before >= 0,
        .clear_path = ACME_PATH,
        .loops = (int)w->threads,
        .limits.connections = w->connections,
        .limits.jobs = (int)w->queue,
        .limits.patience_us = w->patience_ms * 1000,
        .clock = s->clock,
        .routes = site_routes,
        .route_n = site_route_count,
        .log_requests = !w->is_quiet,
        .proxied = w->proxied,
        .secure = w->secure,
        .of = s,
        .desk_open = site_desk_open,
        .desk_close = site_desk_close,
        .lookup = site_lookup,
        .instead = site_instead,
        .busy = site_busy,
        .before = site_before,
        .after = site_after,
        .error_page = site_error_page,
    };

    err e = server_start(&options, &server, why);

    if (e == E_CONFLICT) {
        note cause = *why;

        return fail(why, e, "%s; end what listens there, or choose another port with --listen%s",
                    cause.text, w->certificates.tls != NULL ? " or --tls-listen" : "");
    }
    TRY(e);
    if (w->handed.before < 0)
        e = find_first(h, &first, why);
    if (e != OK) {
        server_stop(&server);
        return e;
    }
    open_ears(s, server);
    say_where(h, w, server, first.secret);
    log_event(LOG_serve_start, "data=\"%s\" port=%d", w->data, server_port(server));
    handover_serves(over);
    e = wait_for_end(s, server, &w->certificates, over, why);
    if (over->stage != DONE)
        supervisor_tell("STOPPING=1");
    log_event(LOG_serve_stop, "port=%d", server_port(server));
    handover_end(over);
    open_ears(s, NULL);
    if (over->stage == DONE)
        retire(server);
    server_stop(&server);
    log_event(LOG_serve_end, "data=\"%s\"", w->data);
    return e;
}

static int serve(const struct command *c, int argc, char **argv)
{
    struct words w;
    struct house h;
    struct site site = {.server_lock = PTHREAD_MUTEX_INITIALIZER};
    struct theme_watch *watch = NULL;
    struct handover over = {.line = -1};
    note why = {0};
    err e;
    int done = read_words(c, argc, argv, &w);

    if (done >= 0)
        return done;
    block_signals();
    if (supervisor_take(&w.handed, &why) != OK)
        return command_failed(c, E_INVALID, &why);
    w.connections = raise_files();
    if (certificates_open(&w.certificates, clock_now(&(clock_source){0}), &why) != OK)
        return command_failed(c, E_INVALID, &why);
    if (!w.is_free && w.handed.before < 0 && confine_to(&w, &why) != OK) /* else it is inherited */
        return command_failed(c, E_IO, &why);
    if (!house_open(&h, c, w.data, false)) {
        certificates_close(&w.certificates);
        return EXIT_FAILED;
    }
    site.acme = w.acme;
    atomic_store(&site.certificate_until, w.certificates.ends_at);
    e = restored_settle(&h, w.data, &why);
    if (e == OK)
        e = media_library_open(h.a, w.data, &site.library, &why);
    if (e == OK)
        e = uploads_open(h.a, w.data, &site.uploads, &why);
    if (e == OK)
        e = darkroom_open(&why);
    if (e == OK)
        e = fill_if_new(&h, &w, &site.library, &why);
    if (e == OK)
        e = open_site(&h, &w, &site, &over, &why);
    if (e == OK && w.theme != NULL)
        e = theme_watch_start(w.theme, reload_theme, &site, &watch, &why);
    if (e == OK)
        e = run_server(&h, &site, &w, &over, &why);
    theme_watch_stop(&watch);
    close_site(&h, &site);
    darkroom_close();
    house_close(&h);
    certificates_close(&w.certificates);
    return e == OK ? EXIT_DONE : command_failed(c, e, &why);
}

const struct command command_serve = {
    "serve", "", "Serve the paper in a data folder, which is made when it is new.", serve};
