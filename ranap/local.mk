# SPDX-License-Identifier: BSD-2-Clause
libiuplus_la_SOURCES += ranap/codec.c ranap/connection.c ranap/container.c ranap/diagnostics.c ranap/errors.c \
	ranap/identity.c ranap/lists.c ranap/rab.c ranap/relocation.c ranap/security.c ranap/tables.c ranap/values.c \
	ranap/values.h
pkginclude_HEADERS += include/iuplus/ranap.h
