# SPDX-License-Identifier: GPL-2.0
#
# Installing, included by the Makefile.
#
#	make install		the module and the edu driver for the kernel of KDIR, the
#				programs, the library, their documents and settings
#	make install-driver DIR=path	a folder of NT driver sources, for that kernel
#	make install-userland	all but the modules
#	make install-dkms	the sources, for DKMS to build
#	make uninstall		what install did (uninstall-userland: without modules)
#
# DESTDIR is put before all names. PREFIX is /usr/local: udev, systemd and modprobe look
# for files there, too. The registry in /etc/ntcompat is the administrator's and stays.

PREFIX ?= /usr/local
LIBDIR ?= $(PREFIX)/lib
MANDIR ?= $(PREFIX)/share/man
SRCDIR ?= /usr/src
MODDIR ?= updates
INSTALLED_DRIVERS ?= sample_drivers/edu

bindir := $(DESTDIR)$(PREFIX)/bin
sbindir := $(DESTDIR)$(PREFIX)/sbin
libdir := $(DESTDIR)$(LIBDIR)
includedir := $(DESTDIR)$(PREFIX)/include
mandir := $(DESTDIR)$(MANDIR)
setdir := $(DESTDIR)$(PREFIX)/lib
modules := $(DESTDIR)/lib/modules/$(RELEASE)
dkmsdir := $(DESTDIR)$(SRCDIR)/ntcompat-$(VERSION)

at_prefix := sed 's,/usr/bin/,$(PREFIX)/bin/,g'
filled := sed -e 's,@VERSION@,$(VERSION),g' -e 's,@PREFIX@,$(PREFIX),g' -e 's,@LIBDIR@,$(LIBDIR),g' \
	-e 's,@SRCDIR@,$(SRCDIR)/ntcompat-$(VERSION),g'

.PHONY: install install-modules install-driver install-userland install-dkms
.PHONY: uninstall uninstall-modules uninstall-userland
install: install-modules install-userland

# modules_install of one folder, as kbuild has it; it leaves depmod out where there is no
# System.map, as in Debian's headers. A DESTDIR without a kernel needs none.
modules_install = $(MAKE) -s -C $(KDIR) M=$(1) INSTALL_MOD_PATH=$(DESTDIR) INSTALL_MOD_DIR=$(MODDIR) \
	INSTALL_MOD_STRIP=1 CONFIG_MODULE_SIG_ALL= modules_install
depmod = test ! -e $(modules)/modules.order || depmod -b "$(DESTDIR)/" $(RELEASE)

install-modules: core $(TOOLS)
	@$(call modules_install,$(CURDIR)/$(B)/tree/ntcompat)
	@$(foreach d,$(INSTALLED_DRIVERS),$(MAKE) install-driver DIR=$(d) && ) :
	@$(depmod)

install-driver: core $(TOOLS)
	@test -n "$(DIR)" || { echo "usage: make install-driver DIR=path" >&2; false; }
	@stage=$(CURDIR)/$(B)/drivers/install-$(shell realpath "$(DIR)" | sha1sum | cut -c1-12) && \
	mkdir -p $$stage/out && ntcompat/tools/nt-driver $(KDIR) $$stage "$(DIR)" $$stage/out >/dev/null && \
	$(call modules_install,$$stage)
	@$(depmod)

install-userland: userland
	@install -d $(bindir) $(libdir)/pkgconfig $(includedir)/ntcompat $(mandir)/man1 $(mandir)/man4 \
		$(setdir)/udev/rules.d $(setdir)/systemd/system $(setdir)/modprobe.d \
		$(DESTDIR)$(PREFIX)/share/bash-completion/completions
	@install build/bin/ntctl build/bin/edu $(bindir)
	@install -m 644 build/lib/libntcompat.so.* build/lib/libntcompat.a $(libdir)
	@cp -P build/lib/libntcompat.so $(libdir)
	@install -m 644 userspace/libntcompat/include/*.h ntcompat/include/uapi/ntcompat.h $(includedir)/ntcompat
	@$(filled) packaging/ntcompat.pc.in >$(libdir)/pkgconfig/libntcompat.pc
	@install -m 644 docs/man/*.1 $(mandir)/man1
	@install -m 644 docs/man/*.4 $(mandir)/man4
	@install -m 644 userspace/completion/ntctl $(DESTDIR)$(PREFIX)/share/bash-completion/completions
	@install -m 644 userspace/udev/*.rules $(setdir)/udev/rules.d
	@$(at_prefix) userspace/modprobe.d/ntcompat.conf >$(setdir)/modprobe.d/ntcompat.conf
	@$(at_prefix) userspace/systemd/ntcompat-registry.service >$(setdir)/systemd/system/ntcompat-registry.service
	@install -d -m 700 $(DESTDIR)/etc/ntcompat/registry

# What DKMS is to build: the module, and the edu driver as any other driver.
install-dkms:
	@install -d $(dkmsdir)/packaging $(sbindir) $(mandir)/man8
	@cp -r Kbuild COPYING ntcompat $(dkmsdir)
	@$(filled) packaging/dkms.conf.in >$(dkmsdir)/dkms.conf
	@install -m 644 packaging/driver-dkms.conf.in $(dkmsdir)/packaging
	@$(filled) packaging/ntcompat-driver >$(sbindir)/ntcompat-driver
	@chmod 755 $(sbindir)/ntcompat-driver
	@install -m 644 docs/man/*.8 $(mandir)/man8
	@$(foreach d,$(INSTALLED_DRIVERS),set -- $(notdir $(d)) && \
		to=$(DESTDIR)$(SRCDIR)/ntcompat-$$1-$(VERSION) && install -d $$to/$$1 && \
		cp $(d)/*.[ch] $(d)/*.inf $$to/$$1 && \
		sed "s,@NAME@,$$1,g; s,@MODULE@,$$1,; s,@VERSION@,$(VERSION),; s, *@LICENSE@,," \
			packaging/driver-dkms.conf.in >$$to/dkms.conf && ) :

uninstall: uninstall-modules uninstall-userland

uninstall-modules:
	@rm -f $(modules)/$(MODDIR)/ntcompat.ko* \
		$(foreach d,$(INSTALLED_DRIVERS),$(modules)/$(MODDIR)/$(notdir $(d)).ko*)
	@$(depmod)

# What another installation would bring, goes.
uninstall-userland:
	@t=$$(mktemp -d) && trap 'rm -rf "$$t"' EXIT && \
	$(MAKE) install-userland DESTDIR="$$t" PREFIX=$(PREFIX) && cd "$$t" && \
	find . ! -type d | while read -r f; do rm -f "$(DESTDIR)/$$f"; done
	@rmdir -p --ignore-fail-on-non-empty $(includedir)/ntcompat $(DESTDIR)/etc/ntcompat/registry 2>/dev/null || :
