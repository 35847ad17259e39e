# layers.awk - refuse every include that points up or sideways in the house.
#   awk -f tools/layers.awk src/LAYERS src/*/*.[ch] src/*/*/*.[ch] src/main.c
function room(path,    part) {
    if (path == "src/main.c") return "main"
    split(path, part, "/")
    return part[2]
}
FILENAME ~ /LAYERS$/ {
    if ($0 !~ /^#/ && NF) { floor++; for (i = 1; i <= NF; i++) rank[$i] = floor }
    next
}
FNR == 1 {
    here = room(FILENAME)
    if (!(here in rank)) { print FILENAME ": " here " has no floor in src/LAYERS"; bad = 1 }
    files++
}
/^#include "/ {
    split($2, part, "\""); to = part[2]; split(to, at, "/"); there = at[1]
    if (there == here || there == "gen") next
    if (!(there in rank)) { print FILENAME ":" FNR ": cannot place " to; bad = 1 }
    else if (rank[there] >= rank[here]) { print FILENAME ":" FNR ": " here " may not include " there " (" to ")"; bad = 1 }
}
END {
    if (bad) exit 1
    print "layers: " files " files, no arrow up or sideways"
}
