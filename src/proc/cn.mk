# SPDX-License-Identifier: BSD-2-Clause
# The core network and UE NAS machines.
pkginclude_HEADERS += include/iuplus/cn.h include/iuplus/ue_nas.h
libiuplus_la_SOURCES += src/proc/cn.c src/proc/cn_aka.c src/proc/cn_attach.c src/proc/cn_int.h \
	src/proc/cn_relocation.c src/proc/cn_release.c src/proc/cn_security_mode.c src/proc/cn_subscriber.c \
	src/proc/ue_nas.c src/proc/ue_nas_aka.c src/proc/ue_nas_int.h
