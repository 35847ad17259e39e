#include "wire/page/furniture.h"

#include "base/buf.h"
#include "base/must.h"
#include "base/utf8.h"

enum { LINE_MAX = 240, LABEL_MAX = 48 };

/* The whole of a line. */
static const char *const lines[] = {
    "advertisement",
    "advertising",
    "ad",
    "ads",
    "anzeige",
    "werbung",
    "publicité",
    "reklame",
    "annons",
    "annonce",
    "sponsored",
    "promoted",
    "sponsored content",
    "share",
    "share this",
    "share this article",
    "share article",
    "share story",
    "teilen",
    "artikel teilen",
    "partager",
    "partager l'article",
    "del",
    "dela",
    "tweet",
    "facebook",
    "twitter",
    "x",
    "whatsapp",
    "linkedin",
    "linked in",
    "instagram",
    "youtube",
    "telegram",
    "reddit",
    "pinterest",
    "pocket",
    "messenger",
    "email",
    "e-mail",
    "mail",
    "print",
    "drucken",
    "imprimer",
    "copy",
    "copy link",
    "link copied",
    "copied",
    "link kopieren",
    "copier le lien",
    "save",
    "merken",
    "follow",
    "folgen",
    "suivre",
    "like",
    "comment",
    "comments",
    "kommentare",
    "commentaires",
    "kommentieren",
    "leave a comment",
    "post a comment",
    "view comments",
    "show comments",
    "menu",
    "menü",
    "menue",
    "meny",
    "hauptmenü",
    "navigation",
    "search",
    "suche",
    "suchen",
    "recherche",
    "rechercher",
    "home",
    "startseite",
    "accueil",
    "homepage",
    "login",
    "log in",
    "log out",
    "logout",
    "sign in",
    "sign out",
    "sign up",
    "anmelden",
    "abmelden",
    "registrieren",
    "einloggen",
    "se connecter",
    "connexion",
    "s'inscrire",
    "register",
    "subscribe",
    "subscribe now",
    "abonnieren",
    "abo",
    "jetzt abonnieren",
    "s'abonner",
    "abonnez-vous",
    "newsletter",
    "newsletters",
    "read more",
    "read more here",
    "mehr",
    "mehr lesen",
    "weiterlesen",
    "mehr dazu",
    "mehr zum thema",
    "lire la suite",
    "lire aussi",
    "lire plus",
    "à lire aussi",
    "en savoir plus",
    "les mer",
    "läs mer",
    "related",
    "related articles",
    "related stories",
    "related topics",
    "related content",
    "related news",
    "verwandte artikel",
    "ähnliche artikel",
    "sur le même sujet",
    "most read",
    "most popular",
    "meistgelesen",
    "meistgelesene artikel",
    "les plus lus",
    "trending",
    "trending now",
    "recommended",
    "recommended for you",
    "you may also like",
    "you might also like",
    "das könnte sie auch interessieren",
    "auch interessant",
    "vous aimerez aussi",
    "more on this story",
    "more stories",
    "more from",
    "top stories",
    "latest news",
    "back to top",
    "nach oben",
    "zum seitenanfang",
    "haut de page",
    "retour en haut",
    "skip to content",
    "skip to main content",
    "skip to navigation",
    "skip navigation",
    "zum inhalt springen",
    "zum inhalt",
    "zur navigation",
    "aller au contenu",
    "accept",
    "accept all",
    "accept cookies",
    "agree",
    "i agree",
    "alle akzeptieren",
    "akzeptieren",
    "tout accepter",
    "accepter",
    "reject all",
    "alle ablehnen",
    "tout refuser",
    "manage cookies",
    "cookie settings",
    "cookie-einstellungen",
    "cookies",
    "next",
    "previous",
    "prev",
    "weiter",
    "zurück",
    "suivant",
    "précédent",
    "close",
    "schließen",
    "fermer",
    "loading",
    "loading...",
    "contact",
    "contact us",
    "kontakt",
    "about",
    "about us",
    "über uns",
    "qui sommes-nous",
    "privacy",
    "privacy policy",
    "privacy notice",
    "datenschutz",
    "datenschutzerklärung",
    "impressum",
    "agb",
    "mentions légales",
    "confidentialité",
    "terms",
    "terms of use",
    "terms of service",
    "terms and conditions",
    "terms & conditions",
    "nutzungsbedingungen",
    "sitemap",
    "help",
    "hilfe",
    "aide",
    "faq",
    "careers",
    "jobs",
    "advertise",
    "advertise with us",
    "report this comment",
    "listen",
    "listen to this article",
    "artikel anhören",
    "play",
    "pause",
    "mute",
    "more",
    "show more",
    "show less",
    "see more",
    "view more",
    "view all",
    "see all",
    "load more",
    "mehr anzeigen",
    "alle anzeigen",
    "voir plus",
    "breaking",
    "breaking news",
    "live",
    "image",
    "photo",
    "video",
    "gallery",
    "open image in gallery",
    "image caption",
    "image source",
    "follow us",
    "folgen sie uns",
    "suivez-nous",
    "newsletter abonnieren",
    "thank you for subscribing",
    "tags",
    "topics",
    "themen",
    "schlagwörter",
    "mots-clés",
    "share:",
    "tags:",
    "topics:",
    "edit",
    "reply",
    "antworten",
    "répondre",
};

/* How a line of furniture starts. */
static const char *const starts[] = {
    "read more:",
    "read more about",
    "read more on",
    "read next:",
    "read also",
    "read the full",
    "see also:",
    "also read",
    "more:",
    "related:",
    "lesen sie auch",
    "lesen sie mehr",
    "mehr zum thema",
    "auch interessant:",
    "lire aussi",
    "à lire aussi",
    "à lire :",
    "share on ",
    "share via ",
    "share to ",
    "share this ",
    "auf facebook teilen",
    "auf twitter teilen",
    "auf x teilen",
    "per e-mail teilen",
    "per whatsapp teilen",
    "partager sur",
    "partager par",
    "send to ",
    "follow us",
    "follow @",
    "folgen sie uns",
    "suivez-nous",
    "like us on",
    "sign up to",
    "sign up for",
    "sign up here",
    "subscribe to",
    "subscribe for",
    "subscribe now",
    "subscribe today",
    "get the latest",
    "get our ",
    "get daily",
    "get the best",
    "click here",
    "download our app",
    "download the app",
    "join our",
    "we use cookies",
    "this website uses",
    "this site uses",
    "our website uses",
    "by using this site",
    "by continuing",
    "by clicking",
    "by signing up",
    "by submitting",
    "wir verwenden cookies",
    "wir nutzen cookies",
    "diese website",
    "diese webseite",
    "mit der nutzung",
    "ce site utilise",
    "nous utilisons des",
    "en poursuivant votre",
    "copyright ©",
    "copyright 20",
    "© ",
    "©20",
    "all rights reserved",
    "alle rechte vorbehalten",
    "tous droits réservés",
    "abonnieren sie",
    "melden sie sich",
    "jetzt kostenlos",
    "jetzt abonnieren",
    "newsletter abonnieren",
    "unseren newsletter",
    "inscrivez-vous",
    "abonnez-vous",
    "recevez ",
    "advertisement",
    "anzeige:",
    "publicité ",
    "continue reading",
    "story continues below",
    "article continues",
    "please enable javascript",
    "bitte aktivieren sie javascript",
    "enable javascript",
    "your browser does not support",
    "log in to ",
    "sign in to ",
    "register to ",
    "zum kommentieren",
    "you have reached your",
    "this article is for subscribers",
    "thanks for signing up",
    "invalid email",
    "enter your email",
    "e-mail-adresse eingeben",
    "email address",
    "sorry, there was a problem",
    "report an error",
    "suggest a correction",
    "have a tip",
};

/* "12 comments", "5 min read", "Comments (3)": words beside a number. */
static const char *const counted[] = {
    "comment",
    "comments",
    "kommentar",
    "kommentare",
    "commentaire",
    "commentaires",
    "share",
    "shares",
    "like",
    "likes",
    "views",
    "reply",
    "replies",
    "min",
    "mins",
    "minute",
    "minutes",
    "min read",
    "minute read",
    "mins read",
    "minutes read",
    "min.",
    "minuten",
    "lesezeit",
    "lesezeit minuten",
    "lesezeit min",
    "lesezeit minute",
    "temps de lecture",
    "ago",
    "hours ago",
    "hour ago",
    "minutes ago",
    "days ago",
    "day ago",
    "vor stunden",
    "vor minuten",
    "reading time",
    "reading time minutes",
    "photos",
    "images",
    "bilder",
    "of",
    "von",
    "sur",
};

static const char *const class_words[] = {
    "comment",       "comments",     "disqus",
    "respond",       "share",        "sharing",
    "sharebar",      "social",       "socials",
    "related",       "newsletter",   "newsletters",
    "promo",         "promos",       "promotion",
    "sidebar",       "breadcrumb",   "breadcrumbs",
    "menu",          "nav",          "navigation",
    "navbar",        "footer",       "cookie",
    "cookies",       "consent",      "gdpr",
    "banner",        "ad",           "ads",
    "advert",        "adverts",      "advertisement",
    "advertising",   "adslot",       "sponsor",
    "sponsored",     "popup",        "modal",
    "overlay",       "pagination",   "pager",
    "subscribe",     "subscription", "signup",
    "recommend",     "recommended",  "recommendations",
    "recirculation", "toolbar",      "widget",
    "widgets",       "outbrain",     "taboola",
    "masthead",      "skip",         "skiplink",
    "login",         "rss",          "printonly",
    "noprint",       "readmore",     "mostread",
    "mostpopular",   "trending",     "teaser",
    "teasers",       "ticker",       "donate",
    "donation",      "membership",   "paywall",
    "complementary", "contentinfo",  "search",
    "searchbox",     "toc",          "navbox",
    "catlinks",      "editsection",  "metadata",
    "jumplinks",     "anzeige",      "werbung",
    "kommentare",    "teilen",       "publicite",
    "partage",       "commentaires", "menubar",
    "alertdialog",   "dialog",       "directory",
    "feedback",      "rating",       "ratings",
    "tagcloud",      "tags",         "authorbox",
};

static size_t words_in(str s)
{
    size_t n = 0;
    str word;

    while (str_cut(&s, ' ', &word))
        n += word.n > 0;
    return n;
}

static bool one_of(str s, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq_nocase(s, str_c(words[i])))
            return true;
    return false;
}

bool furniture_word(str word)
{
    return one_of(word, class_words, LENGTH(class_words));
}

static bool is_mark(char c)
{
    return strchr(" \t:|>.!()[]-+,", c) != NULL && c != 0;
}

static str bare(str s)
{
    static const str arrows[] = {S_INIT("»"), S_INIT("›"), S_INIT("→"), S_INIT("…"), S_INIT("·"),
                                 S_INIT("•"), S_INIT("▶"), S_INIT("«"), S_INIT("←"), S_INIT("↓")};

    for (bool again = true; again;) {
        again = false;
        while (s.n > 0 && is_mark(s.p[0]))
            s = str_from(s, 1);
        while (s.n > 0 && is_mark(s.p[s.n - 1]))
            s = str_to(s, s.n - 1);
        for (size_t i = 0; i < LENGTH(arrows); i++) {
            if (str_starts(s, arrows[i])) {
                s = str_from(s, arrows[i].n);
                again = true;
            }
            if (str_ends(s, arrows[i])) {
                s = str_to(s, s.n - arrows[i].n);
                again = true;
            }
        }
    }
    return s;
}

/* What is left of a short line without its digits. */
static bool is_counted(str s)
{
    char kept[64];
    size_t n = 0, digits = 0;

    if (s.n > 40)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        bool digit = s.p[i] >= '0' && s.p[i] <= '9';

        digits += digit;
        if (digit || strchr("()[]:.,+/", s.p[i]) != NULL ||
            (s.p[i] == ' ' && (n == 0 || kept[n - 1] == ' ')))
            continue;
        kept[n++] = s.p[i];
    }
    str words = str_trim(str_of(kept, n));
    return digits > 0 && (words.n == 0 || one_of(words, counted, LENGTH(counted)));
}

/* In lower case, the letters of Western Europe too. */
static str folded(str s, char *into)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool accented = i > 0 && (unsigned char)s.p[i - 1] == 0xC3 && c >= 0x80 && c <= 0x9E;

        into[i] = (char)((c >= 'A' && c <= 'Z') || accented ? c + 32 : c);
    }
    return str_of(into, s.n);
}

/* "Home > News > Local": few words a step. */
static bool is_breadcrumbs(str s)
{
    static const str steps[] = {S_INIT(" > "), S_INIT(" › "), S_INIT(" » "), S_INIT(" / ")};

    for (size_t i = 0; i < LENGTH(steps); i++) {
        str rest = s;
        ptrdiff_t at;
        size_t found = 0;
        bool brief = true;

        while ((at = str_find(rest, steps[i])) >= 0) {
            brief &= words_in(str_to(rest, (size_t)at)) <= 3;
            rest = str_from(rest, (size_t)at + steps[i].n);
            found++;
        }
        str first = str_to(s, (size_t)(str_find(s, steps[i]) < 0 ? 0 : str_find(s, steps[i])));
        if (brief && (found >= 2 || (found == 1 && one_of(str_trim(first), lines, LENGTH(lines)))))
            return true;
    }
    return false;
}

bool furniture_line(str line)
{
    char lower[LINE_MAX];

    line = str_trim(line);
    if (line.n == 0 || line.n > LINE_MAX)
        return false;
    line = folded(line, lower);
    str words = bare(line);
    if (words.n == 0 || one_of(words, lines, LENGTH(lines)) || is_counted(words) ||
        is_breadcrumbs(line))
        return true;
    for (size_t i = 0; i < LENGTH(starts); i++)
        if (str_starts_nocase(line, str_c(starts[i])))
            return true;
    return false;
}

/* --- icons ------------------------------------------------------------------------------------ */

static const char *const icon_phrases[] = {
    "icon of ",        "icon representing", "icon that ",   "icon used to",     "icon indicating",
    "icon displaying", "icon showing",      "icon for ",    "icon depicting",   "used to represent",
    "icon with ",      "icon in the ",      "icon to ",     "used to indicate", "symbol für ",
    "symbol fuer ",    "ein symbol ",       "icône d",      "icône repr",       "icône qui",
    "icône indi",      "une icône",         "pictogramme ", "piktogramm ",      "ikon som ",
    "ikon av ",        "ikon för ",
};

static bool describes_icon(str sentence)
{
    for (size_t i = 0; i < LENGTH(icon_phrases); i++)
        if (str_find_nocase(sentence, str_c(icon_phrases[i])) >= 0)
            return true;
    return false;
}

static bool starts_upper(str s)
{
    uint32_t c = utf8_next(&s);

    return (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE);
}

/* "Plus A mathematical 'plus' symbol.": a label, then what the drawing shows, without a verb of its
 * own to tell; only meant beside sentences that do say icon. */
static bool is_labelled(str sentence)
{
    static const char *const articles[] = {"A", "An", "The", "Ein", "Eine", "Un", "Une", "En"};
    str word;
    size_t at = 0;

    if (words_in(sentence) > 18)
        return false;
    if (!starts_upper(sentence))
        return false;
    while (str_cut(&sentence, ' ', &word) && at <= 4) {
        if (at > 0 && one_of(word, articles, LENGTH(articles)) && starts_upper(word))
            return true;
        at += word.n > 0;
    }
    return false;
}

/* Take a sentence off the front: up to ". " before a capital, or the end. */
static bool cut_sentence(str *rest, str *sentence)
{
    *rest = str_trim(*rest);
    if (rest->n == 0)
        return false;
    size_t at = 0;
    for (; at + 1 < rest->n; at++)
        if (strchr(".!?", rest->p[at]) != NULL && rest->p[at + 1] == ' ' &&
            starts_upper(str_trim(str_from(*rest, at + 1))))
            break;
    *sentence = str_to(*rest, at + 1);
    *rest = str_from(*rest, at + 1);
    return true;
}

str furniture_without_icons(arena *a, str line)
{
    buf kept = buf_new(a, SIZE_MAX / 2);
    str rest = line, sentence;
    bool beside = false, sure = false;
    size_t dropped = 0;

    if (!describes_icon(line))
        return line;
    while (cut_sentence(&rest, &sentence)) {
        bool icon = words_in(sentence) <= 40 && describes_icon(sentence);
        str next = rest, following = S("");
        bool before = cut_sentence(&next, &following) && describes_icon(following);

        if (icon || (is_labelled(sentence) && (beside || before)) ||
            (beside && before && words_in(sentence) <= 14)) {
            dropped++;
            sure |= is_labelled(sentence);
            beside = true;
            continue;
        }
        beside = false;
        if (kept.n > 0)
            buf_char(&kept, ' ');
        buf_add(&kept, sentence);
    }
    if (dropped < 2 && !sure)
        return line; /* of a saint, on a wall */
    return buf_str(&kept);
}

/* What papers call their sections, and sites their pages. */
static const char *const sections[] = {
    "home",        "news",          "sport",      "sports",       "weather",     "business",
    "opinion",     "culture",       "travel",     "politics",     "world",       "uk",
    "us",          "local",         "national",   "lifestyle",    "life",        "style",
    "money",       "tech",          "technology", "science",      "health",      "food",
    "video",       "videos",        "podcasts",   "podcast",      "puzzles",     "obituaries",
    "jobs",        "cars",          "homes",      "property",     "classifieds", "events",
    "contact",     "about",         "subscribe",  "login",        "menu",        "search",
    "newsletters", "entertainment", "arts",       "football",     "education",   "environment",
    "crime",       "shop",          "more",       "help",         "advertise",   "letters",
    "startseite",  "politik",       "wirtschaft", "kultur",       "wetter",      "panorama",
    "wissen",      "reise",         "meinung",    "gesellschaft", "regional",    "lokales",
    "gesundheit",  "digital",       "abo",        "anmelden",     "accueil",     "politique",
    "monde",       "économie",      "sciences",   "météo",        "sante",       "santé",
    "voyage",      "hjem",          "nyheter",    "kultur",       "debatt",      "vær",
};

bool furniture_menu(str line)
{
    str rest = line, word;
    size_t words = 0, upper = 0, longest = 0, run = 0, known = 0;

    line = str_trim(line);
    if (line.n == 0 || line.n > 4000 || strchr(".!?\"", line.p[line.n - 1]) != NULL)
        return false;
    if (str_find(line, S(". ")) >= 0 || str_find(line, S(", ")) >= 0)
        return false;
    while (str_cut(&rest, ' ', &word)) {
        if (word.n == 0)
            continue;
        bool capital = starts_upper(word) || word.p[0] == '|' || word.p[0] == '&' ||
                       (word.p[0] >= '0' && word.p[0] <= '9');
        words++;
        known += one_of(word, sections, LENGTH(sections));
        upper += capital;
        run = capital ? 0 : run + 1;
        longest = run > longest ? run : longest;
    }
    /* headlines too may be set in capitals, every word of them */
    return words >= 6 && upper * 10 >= words * 8 && longest <= 2 && known >= 3;
}
