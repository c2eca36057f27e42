# SPDX-License-Identifier: GPL-2.0
#
# Everything is made in build/: build/RELEASE/ for one kernel, build/bin/ for the
# programs, which suit all. The sources are never written to.
#
#	make [KDIR=path]	module, sample drivers, programs, tests
#	make demo		the main job, in a virtual machine
#	make check		the tests; check-debug: on a debug kernel
#	make lint bench
#	make docs		docs/api-status.md
#	make api-coverage [DEMAND=table]	how much of what drivers use is there
#	make driver DIR=path	build a folder of NT driver sources
#	make install uninstall	packaging/install.mk says what and where
#	make deb check-package	Debian packages; their test in virtual machines
#	make clean

ifneq ($(KERNELRELEASE),)
# Called by the kernel's build system in place of Kbuild.
include $(src)/Kbuild
else

MAKEFLAGS += --no-print-directory
SHELL := /bin/bash

# The only place of the version.
VERSION := $(shell sed -n '1s/.*(\(.*\)).*/\1/p' debian/changelog)

ifeq ($(filter demo check check-debug lint docs bench clean deb check-package userland install-userland \
	install-dkms uninstall-userland,$(MAKECMDGOALS)),)
KDIR ?= $(shell selftests/kernel kdir stock)
RELEASE := $(shell selftests/kernel release '$(KDIR)')
endif

B := build/$(RELEASE)
TOOLS := $(addprefix $(B)/drivers/,inf2h ntsrc)
DRIVERS := $(patsubst %/,%,$(wildcard sample_drivers/*/ selftests/drivers/*/))

.PHONY: all headers core drivers userland programs driver demo check check-debug lint docs bench api-coverage clean deb check-package
all: core drivers programs

headers:
	@test -n "$(RELEASE)" || { echo "no kernel headers at '$(KDIR)'; selftests/need build installs them" >&2; false; }

# A tree of links, so that one source tree serves several kernels.
core: headers
	@mkdir -p $(B)/tree $(B)/modules
	@cp -rsfu $(CURDIR)/ntcompat $(CURDIR)/Kbuild $(B)/tree/
	@mkdir -p $(B)/tree/selftests && cp -rsfu $(CURDIR)/selftests/bench $(B)/tree/selftests/
	@find $(B)/tree -xtype l -delete
	@$(MAKE) -s -C $(KDIR) M=$(CURDIR)/$(B)/tree NTCOMPAT_BENCH=m NTCOMPAT_VERSION=$(VERSION) CONFIG_DEBUG_INFO_BTF_MODULES= W=$(W) C=$(C) CHECK="$(CHECK)" modules
	@find $(B)/tree -name '*.ko' -exec cp -pu -t $(B)/modules {} +

# Each is a kbuild run of its own, which mostly waits for itself: side by side.
drivers: core $(TOOLS)
	@printf '%s\n' $(DRIVERS) | xargs -P $$(nproc) -I '{}' sh -c \
		'ntcompat/tools/nt-driver $(KDIR) $(CURDIR)/$(B)/drivers/$$(basename {}) {} $(B)/modules >/dev/null'

# What ntcompat/tools/nt-driver calls.
.SECONDEXPANSION:
$(TOOLS): $(B)/drivers/%: $$(wildcard ntcompat/tools/%/*.[ch])
	@mkdir -p $(@D)
	@$(or $(HOSTCC),cc) -O2 -Wall -o $@ $(filter %.c,$^)

userland:
	@$(MAKE) -s -C userspace OUT=$(CURDIR)/build/bin

programs: userland
	@$(MAKE) -s -C selftests/user OUT=$(CURDIR)/build/bin
	@$(MAKE) -s -C selftests/bench OUT=$(CURDIR)/build/bin

# The stage is found again by the path, so that a second build is a quick one.
driver: core $(TOOLS)
	@test -n "$(DIR)" || { echo "usage: make driver DIR=path" >&2; false; }
	@ntcompat/tools/nt-driver $(KDIR) \
		$(CURDIR)/$(B)/drivers/$(shell realpath "$(DIR)" | sha1sum | cut -c1-12) "$(DIR)" "$(DIR)"

include packaging/install.mk

demo:
	@selftests/need build vm
	@selftests/demo

check:
	@selftests/need build vm check host
	@selftests/run-checks stock

check-debug:
	@selftests/need build vm check host debug
	@selftests/run-checks debug

lint:
	@selftests/need build lint
	@selftests/lint

docs:
	@selftests/exports-doc

DEMAND ?= ../shared/api-demand.tsv
api-coverage: core
	@selftests/api-coverage '$(DEMAND)' '$(CURDIR)/$(B)'

bench:
	@selftests/need build vm bench
	@selftests/bench/run

# From a copy, since Debian's tools write into the sources, to build/deb/.
deb:
	@selftests/need build package
	@packaging/make-deb

check-package:
	@selftests/need build vm package
	@selftests/package

clean:
	rm -rf build

endif
