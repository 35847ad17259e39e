# Varnish in front of Broadsheet: keeps pages until the paper says that they have changed.
#
#   install   apt install varnish varnish-modules
#             cp broadsheet.vcl /etc/varnish/default.vcl
#             and varnishd's words (systemctl edit varnish):
#               -p http_gzip_support=off    else it unpacks brotli's readers down to gzip
#               -p http_resp_hdr_len=16k    a page that shows many stories names many keys
#   paper     broadsheet serve --listen 127.0.0.1:8080 --proxied
#             broadsheet settings set shared_age 3600
#             broadsheet settings set purge_url http://127.0.0.1:6081/
#   TLS       nginx before it (packaging/nginx, its upstream being 127.0.0.1:6081), or hitch
#
# Surrogate-Key names what a page shows; the paper sends PURGE with the keys that a change touches,
# and "*" for everything.  So a kill, a correction, a new story is here as soon as it is there.

vcl 4.1;

import std;
import xkey;

backend paper {
    .host = "127.0.0.1";
    .port = "8080";
    .connect_timeout = 2s;
    .first_byte_timeout = 30s;
    .between_bytes_timeout = 30s;
    .max_connections = 500;
    .probe = {
        .request = "HEAD /robots.txt HTTP/1.1" "Host: localhost" "Connection: close";
        .interval = 2s;
        .timeout = 2s;
        .window = 4;
        .threshold = 2;
        .initial = 2;
    }
}

# Who may say what is to be dropped: the paper, on this machine.
acl purgers {
    "127.0.0.1";
    "::1";
}

# Who may say for whom it asks: nginx, on this machine.
acl proxies {
    "127.0.0.1";
    "::1";
}

sub vcl_recv {
    # Varnish has added who connects here to X-Forwarded-For already.  More than one name in it
    # means that somebody else asks through a proxy.
    if (req.method == "PURGE") {
        if (client.ip !~ purgers || req.http.X-Forwarded-For ~ ",") {
            return (synth(405, "Not allowed"));
        }
        if (!req.http.Surrogate-Key) {
            return (synth(400, "Which keys?"));
        }
        set req.http.Dropped = xkey.purge(req.http.Surrogate-Key);
        return (synth(200, "Dropped " + req.http.Dropped));
    }

    # The paper believes the last name: the reader's, not that of nginx on this machine.
    if (client.ip ~ proxies) {
        set req.http.X-Forwarded-For = regsub(req.http.X-Forwarded-For, ",\s*(127\.0\.0\.1|::1)$", "");
    } else {
        unset req.http.X-Forwarded-Proto;
    }

    # The paper has three forms of a page: brotli, gzip, plain.  q=0 is "not this one".
    if (req.http.Accept-Encoding ~ "(?i)(^|[\s,])br(?!\s*;\s*q\s*=\s*0(\.0*)?\s*(,|$))\s*(;|,|$)") {
        set req.http.Accept-Encoding = "br";
    } else if (req.http.Accept-Encoding ~ "(?i)(^|[\s,])gzip(?!\s*;\s*q\s*=\s*0(\.0*)?\s*(,|$))\s*(;|,|$)") {
        set req.http.Accept-Encoding = "gzip";
    } else {
        unset req.http.Accept-Encoding;
    }

    # Cookies of others (of counters, of what else lives at this name) tell the paper nothing;
    # its own begin with __Host-, and who brings one is answered by the paper itself.
    if (req.http.Cookie !~ "(^|;\s*)__Host-") {
        unset req.http.Cookie;
    }

    # Open streams go through, for as long as they last.
    if (req.url ~ "^/live/") {
        return (pipe);
    }
    # The newsroom is nobody else's; the right to show a picture is asked for each time.
    if (req.url ~ "^/(desk|media)([/?]|$)") {
        return (pass);
    }

    # A page whose time is up may be shown for a minute while the next is fetched; for longer
    # only while the paper does not answer.
    if (std.healthy(req.backend_hint)) {
        set req.grace = 60s;
    }
}

sub vcl_pipe {
    set bereq.http.Connection = "close";
}

sub vcl_backend_response {
    # An error while fetching what is still to be had here: keep showing that.
    if (beresp.status >= 500 && bereq.is_bgfetch) {
        return (abandon);
    }
    set beresp.http.xkey = beresp.http.Surrogate-Key + " *";
    # The lifetime comes from s-maxage.  For how long more it may be shown comes from
    # stale-while-revalidate, and from stale-if-error while the paper is down: none of them goes
    # beyond an embargo or an expiry, so where they are missing there is no grace at all.
    if (beresp.http.Cache-Control !~ "stale-") {
        set beresp.grace = 0s;
    }
    if (beresp.http.Cache-Control ~ "stale-if-error=\d+") {
        set beresp.grace = std.duration(
            regsub(beresp.http.Cache-Control, ".*stale-if-error=(\d+).*", "\1s"), 0s);
    }
    set beresp.keep = 0s;
}

sub vcl_deliver {
    unset resp.http.xkey;
    unset resp.http.Surrogate-Key;
    unset resp.http.Via;
    unset resp.http.X-Varnish;
    if (obj.hits > 0) {
        set resp.http.X-Cache = "HIT";
    } else {
        set resp.http.X-Cache = "MISS";
    }
}

sub vcl_synth {
    set resp.http.Content-Type = "text/plain; charset=utf-8";
    set resp.http.Retry-After = "5";
    set resp.body = resp.reason + {"
"};
    return (deliver);
}

# The paper is down, and there is nothing of the page here.
sub vcl_backend_error {
    set beresp.http.Content-Type = "text/html; charset=utf-8";
    set beresp.http.Cache-Control = "private, no-store";
    set beresp.http.Retry-After = "5";
    set beresp.http.Content-Security-Policy = "default-src 'none'";
    set beresp.body = {"<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Not available</title>
<h1>This page is not available for the moment</h1>
<p>Please try again in a minute.</p>
</html>
"};
    return (deliver);
}
