# Broadsheet: plain GNU make and pkg-config.  `make help` lists what there is.

VARIANT ?= release
CC := gcc
PACKAGES := sqlite3 expat jansson libbrotlicommon libbrotlienc zlib libsodium vips libcurl glib-2.0 libssl libcrypto libnghttp2 libqrencode libfido2 libseccomp
GUMBO := -lgumbo -lmd4c -lcrack

WARN := -Wall -Wextra -Wshadow -Wconversion -Wno-sign-conversion -Wstrict-prototypes \
        -Wmissing-prototypes -Wwrite-strings -Wvla -Wformat=2 -Werror
HARDEN := -fstack-protector-strong -fstack-clash-protection -fcf-protection -fPIE \
          -ftrivial-auto-var-init=zero -fno-strict-overflow
# mozjpeg or glib headers are not ours to warn about
SYSTEM_INCLUDES := $(patsubst -I%,-isystem %,$(shell pkg-config --cflags-only-I $(PACKAGES)))

OUT := build/$(VARIANT)
GEN := build/gen
CPPFLAGS := -Isrc -I$(GEN) $(SYSTEM_INCLUDES) -D_GNU_SOURCE -MMD -MP
CFLAGS_release := -O2 -g -D_FORTIFY_SOURCE=3 $(HARDEN)
CFLAGS_asan := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
CFLAGS_tsan := -O1 -g -fsanitize=thread -fno-omit-frame-pointer
CFLAGS_fuzz := -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all \
               -fno-omit-frame-pointer
LDFLAGS_release := -pie -Wl,-z,relro,-z,now
LDFLAGS_asan := -fsanitize=address,undefined
LDFLAGS_tsan := -fsanitize=thread
LDFLAGS_fuzz := -fsanitize=fuzzer,address,undefined
ifeq ($(VARIANT),fuzz)
CC := clang
WARN := -Wall -Wextra -Wno-unknown-warning-option -Wno-unknown-attributes -Werror
endif
CFLAGS := -std=gnu2x $(WARN) $(CFLAGS_$(VARIANT)) $(EXTRA_CFLAGS)
LIBS := $(shell pkg-config --libs $(PACKAGES)) $(GUMBO) -lm -lpthread

sources := $(filter-out %_test.c %_fuzz.c src/main.c %/test_support.c,$(wildcard src/*/*.c src/*/*/*.c))
tests := $(wildcard src/*/*_test.c src/*/*/*_test.c) $(wildcard src/*/test_support.c)
fuzzers := $(wildcard src/*/*_fuzz.c src/*/*/*_fuzz.c)
sqls := $(wildcard src/store/sql/*.sql)
migrations := $(sort $(wildcard src/store/migrations/*.sql))
theme := $(shell find theme -type f -not -path 'theme/icons/*' 2>/dev/null)
# the icons that templates name, from Debian's package bootstrap-icons; our own where it has none
icons := theme/icons /usr/share/bootstrap-icons/svg

# the editor of the desk: bundled from desk/src, embedded as files of the theme
editor := $(GEN)/theme/js/editor.js $(GEN)/theme/css/editor.css

gen_headers :=
gen_sources :=
ifneq ($(wildcard tools/sqlgen.c),)
gen_headers += $(GEN)/store/sql.h
gen_sources += $(GEN)/store/sql.c
endif
ifneq ($(wildcard tools/embed.c),)
gen_sources += $(GEN)/store/migrations.c $(GEN)/page/theme_files.c $(GEN)/site/api_files.c
endif

objects := $(sources:src/%.c=$(OUT)/%.o) $(gen_sources:$(GEN)/%.c=$(OUT)/gen/%.o)
test_objects := $(tests:src/%.c=$(OUT)/%.o)
main_object := $(if $(wildcard src/main.c),$(OUT)/main.o)

.PHONY: all help unit test layers function-lengths format format-check clean fuzz binary
all: binary
binary: $(if $(main_object),build/broadsheet$(if $(filter-out release,$(VARIANT)),-$(VARIANT)),objects)

help:
	@echo 'make            build/broadsheet (VARIANT=asan or tsan: build/broadsheet-asan, ...)'
	@echo 'make unit       build and run the unit tests (VARIANT as above)'
	@echo 'make test       every test there is (script/test)'
	@echo 'make layers     refuse includes that point up or sideways'
	@echo 'make format     put all C files into the house format; format-check only looks'
	@echo 'make messages   collect what readers are told into theme/lang; messages-check only looks'
	@echo 'make fuzz       run every fuzz driver for FUZZ_SECONDS (default 60) each'
	@echo 'make clean      remove build/'

.PHONY: objects
objects: $(objects)

build/broadsheet: $(objects) $(main_object)
	@echo "link $@"
	@$(CC) $(LDFLAGS_$(VARIANT)) -o $@ $^ $(LIBS)
build/broadsheet-%: $(objects) $(main_object)
	@echo "link $@"
	@$(CC) $(LDFLAGS_$(VARIANT)) -o $@ $^ $(LIBS)

$(OUT)/%.o: src/%.c | $(gen_headers)
	@mkdir -p $(@D)
	@echo "cc $<"
	@$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<
$(OUT)/gen/%.o: $(GEN)/%.c | $(gen_headers)
	@mkdir -p $(@D)
	@echo "cc $<"
	@$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

# the words of the paper, for translators
.PHONY: messages messages-check
messages: build/broadsheet
	@node desk/words.js
	@script/messages
messages-check: build/broadsheet
	@node desk/words.js --check
	@script/messages --check

# what our own tools write
build/tools/%: tools/%.c
	@mkdir -p $(@D)
	gcc -std=gnu2x $(WARN) -D_GNU_SOURCE -O1 -g -o $@ $<
build/tools/topics: tools/topics.c
	@mkdir -p $(@D)
	gcc -std=gnu2x $(WARN) -D_GNU_SOURCE -O1 -g -o $@ $< -ljansson
$(GEN)/store/sql.h $(GEN)/store/sql.c &: build/tools/sqlgen $(sqls)
	@mkdir -p $(GEN)/store
	build/tools/sqlgen $(GEN)/store/sql $(sqls)
$(GEN)/store/migrations.c: build/tools/embed $(migrations)
	@mkdir -p $(@D)
	build/tools/embed $@ store_migrations src/store/migrations $(migrations)
$(GEN)/theme/icons.svg: build/tools/sprite $(filter %.html,$(theme)) $(wildcard theme/icons/*.svg)
	@mkdir -p $(@D)
	build/tools/sprite $@ $(icons) -- $(filter %.html,$(theme))
desk/node_modules/.package-lock.json: desk/package-lock.json
	cd desk && npm ci --loglevel=error --no-audit --no-fund --ignore-scripts
	@touch $@
$(GEN)/theme/js/editor.js: $(wildcard desk/src/*.js) desk/node_modules/.package-lock.json
	desk/node_modules/.bin/esbuild desk/src/editor.js --bundle --minify --format=esm --target=es2022 --charset=utf8 --legal-comments=none --log-level=warning --outfile=$@
$(GEN)/theme/css/editor.css: $(wildcard desk/css/*.css) desk/node_modules/.package-lock.json
	desk/node_modules/.bin/esbuild desk/css/editor.css --bundle --minify --target=es2022 --charset=utf8 --log-level=warning --outfile=$@
$(GEN)/page/theme_files.c: build/tools/embed $(theme) $(GEN)/theme/icons.svg $(editor)
	@mkdir -p $(@D)
	build/tools/embed $@ theme_files theme $(theme) --below $(GEN)/theme $(GEN)/theme/icons.svg $(editor)

$(GEN)/site/api_files.c: build/tools/embed src/site/api/openapi.json
	@mkdir -p $(@D)
	build/tools/embed $@ api_files src/site/api src/site/api/openapi.json

# tests beside their sources; Criterion runs each in a process of its own
$(OUT)/house.a: $(objects)
	@rm -f $@ && ar rcs $@ $^
$(OUT)/unit: $(test_objects) $(OUT)/house.a
	@echo "link $@"
	@$(CC) $(LDFLAGS_$(VARIANT)) -o $@ $^ $(LIBS) -lcriterion
unit: $(OUT)/unit
	$(OUT)/unit $(UNIT_ARGS)

fuzz_binaries := $(fuzzers:src/%.c=build/fuzz/%)
FUZZ_SECONDS ?= 60
build/fuzz/%_fuzz: build/fuzz/%_fuzz.o build/fuzz/house.a
	@echo "link $@"
	@$(CC) $(LDFLAGS_fuzz) -o $@ $^ $(LIBS)
.PHONY: fuzz-binaries
fuzz-binaries: $(fuzz_binaries)
fuzz:
	@$(MAKE) --no-print-directory VARIANT=fuzz fuzz-binaries
	@script/fuzz $(FUZZ_SECONDS)

# what script/bench runs beside the paper
.PHONY: bench-programs
bench-programs: build/bench/newsroom build/bench/parse build/bench/load build/bench/search build/bench/attack build/bench/live build/bench/handovers build/bench/counts
build/bench/newsroom build/bench/load build/bench/handovers: build/bench/%: bench/%.c
	@mkdir -p $(@D)
	gcc -std=gnu2x $(WARN) -D_GNU_SOURCE -O2 -o $@ $<
build/bench/search: bench/search.c
	@mkdir -p $(@D)
	gcc -std=gnu2x $(WARN) -D_GNU_SOURCE -O2 -o $@ $< $(shell pkg-config --libs sqlite3)
build/bench/attack build/bench/live: build/bench/%: bench/%.c bench/peer.h
	@mkdir -p $(@D)
	gcc -std=gnu2x $(WARN) -D_GNU_SOURCE -O2 -o $@ $< $(shell pkg-config --libs openssl) -lpthread
build/bench/load build/bench/search build/bench/attack build/bench/live build/bench/handovers: bench/client.h
build/bench/parse build/bench/counts: build/bench/%: bench/%.c build/release/house.a
	@mkdir -p $(@D)
	gcc $(CPPFLAGS) -std=gnu2x $(WARN) -O2 -o $@ $^ $(LIBS)

# programs that only tests use
build/tests/%: tests/tools/%.c $(OUT)/house.a
	@mkdir -p $(@D)
	@echo "link $@"
	@$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS_$(VARIANT)) -o $@ $^ $(LIBS)

test:
	@script/test

layers:
	@awk -f tools/layers.awk src/LAYERS $(wildcard src/*/*.[ch] src/*/*/*.[ch] src/main.c)

c_files = $(shell git ls-files '*.c' '*.h')
function-lengths:
	@awk -v most=150 -f tools/long-functions.awk $(filter %.c,$(c_files))
format:
	clang-format -i $(c_files)
format-check:
	@clang-format --dry-run -Werror $(c_files)

clean:
	rm -rf build

-include $(shell find build -name '*.d' 2>/dev/null)
