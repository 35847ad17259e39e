# Name functions with more than `most` lines, opening brace to closing brace; any fails the run.
#   awk -v most=150 -f tools/long-functions.awk FILE...
/^{/ { start = FNR }
/^}/ && start {
    if (FNR - start - 1 > most) {
        printf "%s:%d: a function of %d lines; at most %d\n", FILENAME, start, FNR - start - 1, most
        bad = 1
    }
    start = 0
}
END { exit bad }
